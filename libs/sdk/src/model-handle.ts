import { decodePredictions, parseReply } from './decode-predictions.ts';
import type { JsonObject, ModelIdentity, PredictionTiming } from './decode-predictions.ts';
import { encodeRows } from './encode-rows.ts';
import type { ImageInput } from './image-source.ts';
import type { ModelShape, ModelTypes } from './model-shape.ts';
import type { CallOptions, PredictOptions } from './options.ts';
import { PredictorPromise } from './predictor-promise.ts';
import type { WithResponse } from './predictor-promise.ts';
import { send } from './send.ts';
import type { Connection, HttpReply } from './send.ts';
import { segment, urlOf } from './urls.ts';

export interface WithPrediction<T> extends WithResponse<T> {
  readonly model: ModelIdentity;
  readonly timing: PredictionTiming;
}

/** One model: an array is many rows, anything else is one. */
export interface ModelClient<Types extends ModelTypes> {
  predict(
    rows: readonly Types['item'][],
    options?: PredictOptions,
  ): PredictorPromise<Types['prediction'][], WithPrediction<Types['prediction'][]>>;
  predict(
    row: Types['row'],
    options?: PredictOptions,
  ): PredictorPromise<Types['prediction'], WithPrediction<Types['prediction']>>;
  /** Signature, card, examples and versions, as the server tells them. */
  describe(options?: CallOptions): PredictorPromise<JsonObject>;
}

/** A model this client knows nothing of. */
export interface UntypedModel {
  readonly row: JsonObject | ImageInput | string | number | boolean;
  readonly item: unknown;
  readonly prediction: JsonObject;
}

export interface ModelAddress {
  readonly name: string;
  readonly base: URL;
  readonly connection: Connection;
  readonly shape: ModelShape | undefined;
}

/** Sends rows to one model and checks what comes back. */
export class ModelHandle {
  readonly #address: ModelAddress;

  constructor(address: ModelAddress) {
    this.#address = address;
  }

  predict(input: unknown, options: PredictOptions = {}): PredictorPromise<unknown, WithPrediction<unknown>> {
    return new PredictorPromise(this.#predict(input, options));
  }

  describe(options: CallOptions = {}): PredictorPromise<JsonObject> {
    return new PredictorPromise(this.#describe(options));
  }

  async #predict(input: unknown, options: PredictOptions): Promise<WithPrediction<unknown>> {
    const { name, base, connection, shape } = this.#address;
    const { body, contentType, count } = await encodeRows(input, shape);
    const version = options.version === undefined ? '' : `/versions/${segment(options.version)}`;
    const url = urlOf(base, `/v1/models/${segment(name)}${version}/predict`);
    const reply = await send({ method: 'POST', url, contentType, body }, connection, options);
    const { model, timing, predictions } = decodePredictions(reply, count, shape);
    return { ...around(reply), data: Array.isArray(input) ? predictions : predictions[0], model, timing };
  }

  async #describe(options: CallOptions): Promise<WithResponse<JsonObject>> {
    const { name, base, connection } = this.#address;
    const reply = await send({ method: 'GET', url: urlOf(base, `/v1/models/${segment(name)}`) }, connection, options);
    return { ...around(reply), data: parseReply(reply) };
  }
}

function around({ response }: HttpReply): Omit<WithResponse<unknown>, 'data'> {
  return { response, requestId: response.headers.get('x-request-id') ?? undefined };
}
