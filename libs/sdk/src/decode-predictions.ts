import type { ModelShape, OutputKind } from './model-shape.ts';
import { InvalidResponseError } from './predictor-error.ts';
import { requestIdOf } from './predictor-promise.ts';
import type { HttpReply } from './send.ts';

export interface ModelIdentity {
  readonly name: string;
  readonly version: string;
  /** Of the package that answered. */
  readonly digest: string;
  /** First 12 digits of the sha256 of the overrides that had a part in the answer. */
  readonly overrides?: string;
}

/** Milliseconds per phase on the server. */
export interface PredictionTiming {
  readonly queueMs: number;
  readonly preprocessMs: number;
  readonly inferMs: number;
  readonly postprocessMs: number;
  readonly totalMs: number;
}

export interface PredictAnswer {
  readonly model: ModelIdentity;
  readonly predictions: readonly unknown[];
  readonly timing: PredictionTiming;
}

export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function invalidResponse({ response }: Pick<HttpReply, 'response'>, problem: string): InvalidResponseError {
  return new InvalidResponseError(
    'INVALID_RESPONSE',
    `The answer of the predictor is not as the contract says: ${problem}.`,
    { status: response.status, requestId: requestIdOf(response) },
  );
}

export function parseReply(reply: HttpReply): JsonObject {
  return parseJson(reply, reply.body);
}

/** The object that a part of the reply holds as JSON. */
export function parseJson(reply: HttpReply, bytes: Uint8Array): JsonObject {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    throw invalidResponse(reply, 'it is not JSON');
  }
  if (!isObject(value)) throw invalidResponse(reply, 'it is not an object');
  return value;
}

/** Checks the answer of a predict request: envelope, number of predictions, and the kind of every output that is known. */
export function decodePredictions(reply: HttpReply, count: number, shape: ModelShape | undefined): PredictAnswer {
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
  predictions.forEach((prediction, row) => {
    if (!isObject(prediction)) throw invalidResponse(reply, `prediction ${row} must be an object`);
    for (const [name, kind] of Object.entries(shape?.outputs ?? {})) {
      if (!matches(prediction[name], kind))
        throw invalidResponse(reply, `"${name}" of prediction ${row} must be ${EXPECTED[kind]}`);
    }
  });
  return { model, predictions, timing } as unknown as PredictAnswer;
}

const EXPECTED: Readonly<Record<OutputKind, string>> = {
  number: 'a number',
  boolean: 'a boolean',
  category: 'a label',
  text: 'a string',
  tensor: 'numbers',
  scores: 'numbers by label',
};

/** A number that the model left undefined (NaN, infinite) comes as null. */
function isNumeric(value: unknown): boolean {
  return typeof value === 'number' || value === null;
}

function matches(value: unknown, kind: OutputKind): boolean {
  if (kind === 'number') return isNumeric(value);
  if (kind === 'boolean') return typeof value === 'boolean';
  if (kind === 'text') return typeof value === 'string';
  if (kind === 'tensor') return value !== undefined && !isObject(value);
  if (kind === 'scores') return isObject(value) && Object.values(value).every(isNumeric);
  return ['string', 'number', 'boolean'].includes(typeof value);
}
