import { isObject } from './is-object.ts';
import type { ModelShape, OutputKind } from './model-shape.ts';
import { invalidResponse, parseReply } from './parse-reply.ts';
import { requestIdOf } from './predictor-promise.ts';
import { failureOf } from './response-error.ts';
import type { HttpReply } from './send.ts';

/** The model that answered. */
export interface ModelIdentity {
  /** What clients ask for it by. */
  readonly name: string;
  /** The version that answered. */
  readonly version: string;
  /** Of the package that answered. */
  readonly digest: string;
  /** First 12 digits of the sha256 of the overrides that had a part in the answer. */
  readonly overrides?: string;
}

/** Milliseconds per phase on the server. */
export interface PredictionTiming {
  /** Waiting for a batch. */
  readonly queueMs: number;
  /** Steps before the model. */
  readonly preprocessMs: number;
  /** The model itself. */
  readonly inferMs: number;
  /** Steps after the model. */
  readonly postprocessMs: number;
  /** All of it, on the server. */
  readonly totalMs: number;
}

export interface PredictAnswer {
  readonly model: ModelIdentity;
  readonly predictions: readonly unknown[];
  readonly timing: PredictionTiming;
}

/** What is known of the answer to a predict request. */
export interface ExpectedAnswer {
  /** Rows that were sent. */
  readonly count: number;
  readonly shape: ModelShape | undefined;
  /** Rows fail alone: every prediction becomes the outcome of its row. */
  readonly byRow: boolean;
}

/** Checks the answer of a predict request: envelope, number of predictions, and the kind of every output that is known. */
export function decodePredictions(reply: HttpReply, { count, shape, byRow }: ExpectedAnswer): PredictAnswer {
  const { model, predictions, timing } = parseReply(reply);
  if (!isObject(model) || !['name', 'version', 'digest'].every((key) => typeof model[key] === 'string')) {
    throw invalidResponse(reply, '"model" must have name, version and digest');
  }
  if (!isObject(timing) || !Object.values(timing).every((ms) => typeof ms === 'number')) {
    throw invalidResponse(reply, '"timing" must hold numbers');
  }
  if (!Array.isArray(predictions) || predictions.length !== count) {
    throw invalidResponse(reply, `"predictions" must hold ${count}`);
  }
  const answers = predictions.map((prediction, row) => {
    if (!isObject(prediction)) throw invalidResponse(reply, `prediction ${row} must be an object`);
    const { error } = prediction;
    // No output is an object with a text in it: this is the place of a prediction that failed.
    if (byRow && isObject(error) && typeof error['code'] === 'string') {
      return { row, ok: false, error: failureOf(error, { requestId: requestIdOf(reply.response) }) };
    }
    for (const [name, kind] of Object.entries(shape?.outputs ?? {})) {
      if (!KINDS[kind](prediction[name]))
        throw invalidResponse(reply, `"${name}" of prediction ${row} must be of type ${kind}`);
    }
    return byRow ? { row, ok: true, prediction } : prediction;
  });
  return { model, predictions: answers, timing } as unknown as PredictAnswer;
}

/** A number that the model left undefined (NaN, infinite) comes as null. */
const isNumeric = (value: unknown): boolean => typeof value === 'number' || value === null;

const KINDS: Readonly<Record<OutputKind, (value: unknown) => boolean>> = {
  number: isNumeric,
  boolean: (value) => typeof value === 'boolean',
  category: (value) => value !== undefined && typeof value !== 'object',
  text: (value) => typeof value === 'string',
  tensor: (value) => value !== undefined && !isObject(value),
  scores: (value) => isObject(value) && Object.values(value).every(isNumeric),
};
