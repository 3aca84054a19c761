import type { Ask } from './ask.ts';
import { decodePredictions } from './decode-predictions.ts';
import type { ModelIdentity, PredictionTiming } from './decode-predictions.ts';
import { encodeRows } from './encode-rows.ts';
import type { ImageInput } from './image-source.ts';
import type { JsonObject } from './is-object.ts';
import type { ModelShape, ModelTypes } from './model-shape.ts';
import type { CallOptions, PredictOptions, PredictRowsOptions } from './options.ts';
import { parseReply } from './parse-reply.ts';
import type { PredictorPromise } from './predictor-promise.ts';
import type { WithResponse } from './predictor-promise.ts';
import type { RowOutcome } from './row-outcome.ts';
import type { HttpRequest } from './send.ts';
import { modelPath } from './urls.ts';

/** What `.withResponse()` of a prediction gives. */
export interface WithPrediction<T> extends WithResponse<T> {
  /** Who answered. */
  readonly model: ModelIdentity;
  /** Where the time went. */
  readonly timing: PredictionTiming;
}

/** Never there: lets the compiler find the types of a model that is more than a client. */
declare const modelTypes: unique symbol;

/** One model: an array is many rows, anything else is one. */
export interface ModelClient<Types extends ModelTypes> {
  /** @hidden */
  readonly [modelTypes]?: Types;
  /** As the server knows it. */
  readonly name: string;
  /** Rows that fail alone: a bad one does not fail the others. */
  predict(
    rows: readonly Types['item'][],
    options: PredictRowsOptions & { readonly onError: 'row' },
  ): PredictorPromise<RowOutcome<Types['prediction']>[], WithPrediction<RowOutcome<Types['prediction']>[]>>;
  /** A prediction for each row, in order. */
  predict(
    rows: readonly Types['item'][],
    options?: PredictRowsOptions & { readonly onError?: 'throw' },
  ): PredictorPromise<Types['prediction'][], WithPrediction<Types['prediction'][]>>;
  /** The prediction of one row. */
  predict(
    row: Types['row'],
    options?: PredictOptions,
  ): PredictorPromise<Types['prediction'], WithPrediction<Types['prediction']>>;
  /** Signature, card, examples and versions, as the server tells them. */
  describe(options?: CallOptions): PredictorPromise<JsonObject>;
}

/** A model this client knows nothing of. */
export interface UntypedModel {
  /** Anything that can be a row. */
  readonly row: JsonObject | ImageInput | string | number | boolean;
  /** Anything at all. */
  readonly item: unknown;
  /** The outputs by name. */
  readonly prediction: JsonObject;
}

/** Sends rows to one model and checks what comes back. */
export function createModelClient(name: string, shape: ModelShape | undefined, ask: Ask): ModelClient<UntypedModel> {
  const predict = (input: unknown, options: PredictRowsOptions = {}) => {
    const byRow = options.onError === 'row';
    const count = Array.isArray(input) ? input.length : 1;
    const prepare = async (): Promise<HttpRequest> => {
      const path = `${modelPath('v1', name, options.version)}/predict${byRow ? '?onError=row' : ''}`;
      return { path, ...(await encodeRows(input, shape)) };
    };
    return ask(prepare, options, (reply) => {
      const { model, timing, predictions } = decodePredictions(reply, { count, shape, byRow });
      return { data: Array.isArray(input) ? predictions : predictions[0], model, timing };
    });
  };
  return {
    name,
    predict: predict as ModelClient<UntypedModel>['predict'],
    describe: (options) =>
      ask(
        async () => ({ path: modelPath('v1', name) }),
        options,
        (reply) => ({ data: parseReply(reply) }),
      ),
  };
}
