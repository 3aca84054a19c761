import { createClient } from './client.ts';
import type { Predictor } from './client.ts';
import { models } from './generated/models.ts';
import type { Models } from './generated/models.ts';
import type { PredictorOptions } from './options.ts';

/** A client for a web-single server, typed for its models: `createPredictor({ baseUrl }).models.penguins.predict({ … })`. */
export function createPredictor(options: PredictorOptions): Predictor<Models> {
  return createClient<Models>(models, options);
}
