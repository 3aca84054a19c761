import { EngineError } from '@web-single/model-runtime';
import type { EntryResult } from './entry.ts';
import type { ModelView } from './model-view.ts';
import type { ServedModel } from './served-model.ts';
import { ServingError } from './serving-error.ts';

const SHORT_HASH_DIGITS = 12;

/** Which model version answered. */
export interface ModelIdentity {
  readonly name: string;
  readonly version: string;
  readonly digest: string;
  /** The first 12 digits of the overrides file's sha256, where it says something of this version. */
  readonly overrides?: string;
}

/** Durations in ms: waiting, `before` steps, the session's run, `after` steps, all of it. */
export interface PredictionTiming {
  readonly queueMs: number;
  readonly preprocessMs: number;
  readonly inferMs: number;
  readonly postprocessMs: number;
  readonly totalMs: number;
}

const known = new WeakMap<ServedModel | ModelView, ModelIdentity>();

/**
 * `view`: what the answer was made with; left out where overrides have no part in it. The same object every time, so that its text
 * need be written only once.
 */
export function identityOf(served: ServedModel, view?: ModelView): ModelIdentity {
  const made = known.get(view ?? served);
  if (made !== undefined) return made;
  const { name, version, digest } = served.package;
  const overrides = view?.overrides?.sha256.slice(0, SHORT_HASH_DIGITS);
  const identity = { name, version, digest, ...(overrides !== undefined && { overrides }) };
  known.set(view ?? served, identity);
  return identity;
}

export function timingOf(result: EntryResult, totalMs: number): PredictionTiming {
  const { beforeMs, runMs, afterMs } = result.timing;
  return { queueMs: result.queueMs, preprocessMs: beforeMs, inferMs: runMs, postprocessMs: afterMs, totalMs };
}

/** What a caller may see of an error of the engine. */
export function asServingError(error: unknown): Error {
  if (!(error instanceof EngineError)) return error instanceof Error ? error : new Error(String(error));
  if (error.code === 'DEADLINE_EXCEEDED') return new ServingError('DEADLINE_EXCEEDED', error.message, { cause: error });
  if (error.code === 'INFERENCE_FAILED') return new ServingError('INFERENCE_FAILED', error.message, { cause: error });
  return new ServingError(error.code, error.message, { cause: error, retryAfterMs: 1000 });
}
