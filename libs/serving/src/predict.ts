import { findNonFinite, type Signature } from '@web-single/signature';
import type { RowOutcome } from '@web-single/model-runtime';
import type { PackageOverrides } from '@web-single/model-package';
import type { Row } from '@web-single/tensor';
import { asServingError, identityOf, timingOf, type ModelIdentity, type PredictionTiming } from './answer-facts.ts';
import { checkRequestRows, mismatch } from './check-request-rows.ts';
import type { Clock } from './clock.ts';
import type { CancelSignal, EntryResult } from './entry.ts';
import { checkImages } from './image-limits.ts';
import type { LoadedModels } from './loaded-models.ts';
import type { ModelView } from './model-view.ts';
import type { ServedModel } from './served-model.ts';
import { ServingError } from './serving-error.ts';

export interface PredictRequest {
  /** Left out: the default model. */
  readonly model?: string | undefined;
  /** Left out: the active version. */
  readonly version?: string | undefined;
  /** Rows as the caller sent them, unchecked. */
  readonly rows: readonly unknown[];
  /** Absolute, monotonic ms. */
  readonly deadlineMs: number;
  /** Aborts when the caller has gone. */
  readonly signal?: CancelSignal | undefined;
  /** `request`: one bad row refuses the request; `row`: the good rows are answered, bad ones get their problems. */
  readonly onError?: 'request' | 'row' | undefined;
}

/** The answer to one row: its outputs, or (with `onError: 'row'`) what was wrong with it. */
export type RowAnswer = { readonly outputs: Row } | { readonly error: ServingError };

export interface Prediction {
  readonly model: ModelIdentity;
  /** What the answers are made with: their labels are those of its signature. */
  readonly view: ModelView;
  /** One per row, in order. */
  readonly answers: readonly RowAnswer[];
  readonly timing: PredictionTiming;
}

/** The only orchestrator: resolve → check → admit → batch → answer. Throws `ServingError`. */
export async function predict(models: LoadedModels, clock: Clock, request: PredictRequest): Promise<Prediction> {
  const startedAtMs = clock.now();
  const served = models.resolveEnabled(request.model, request.version);
  const { view } = served;
  const checked = checkRequestRows(view.signature, request, clock);
  const { rows, rejected } = checked instanceof Promise ? await checked : checked;
  checkImages(view.signature, rows, served.imageLimits);
  const result = rows.length === 0 ? NOTHING_RUN : await admitAndRun(served, rows, request);
  const promise = { signature: served.package.signature, changeAnswer: view.overrides?.changeAnswer };
  const answers = answerEach(request, rejected, result.outcomes, promise);
  return { model: identityOf(served, view), view, answers, timing: timingOf(result, clock.now() - startedAtMs) };
}

const NOTHING_RUN: EntryResult = {
  outcomes: [],
  queueMs: 0,
  timing: { beforeMs: 0, runMs: 0, afterMs: 0 },
  batchRows: 0,
};

async function admitAndRun(served: ServedModel, rows: readonly Row[], request: PredictRequest): Promise<EntryResult> {
  const { admission } = served;
  admission.admit(rows.length, request.deadlineMs);
  try {
    return await served.predict(rows, request.deadlineMs, request.signal);
  } catch (error) {
    throw asServingError(error);
  } finally {
    admission.release(rows.length);
  }
}

/** What the package promises of a row's outputs, and what overrides make of them. */
interface AnswerPromise {
  readonly signature: Signature;
  readonly changeAnswer: PackageOverrides['changeAnswer'];
}

/** Puts the engine's outcomes back between the rejected rows; throws what refuses the whole request. */
function answerEach(
  request: PredictRequest,
  rejected: ReadonlyMap<number, ServingError>,
  outcomes: readonly RowOutcome[],
  promise: AnswerPromise,
): RowAnswer[] {
  const answers: RowAnswer[] = [];
  const errors: ServingError[] = [];
  let answered = 0;
  for (let index = 0; index < request.rows.length; index++) {
    const error = rejected.get(index);
    const answer = error === undefined ? toAnswer(outcomes[answered++], index, promise) : { error };
    if ('error' in answer) errors.push(answer.error);
    answers.push(answer);
  }
  if (errors.length > 0 && request.onError !== 'row') throw refusalOf(errors);
  return answers;
}

/** A failed row refuses the request as what failed; rows that do not fit do together. */
function refusalOf(errors: readonly ServingError[]): ServingError {
  const failure = errors.find((error) => error.code !== 'INPUT_MISMATCH');
  return failure ?? mismatch(errors.flatMap((error) => error.details));
}

function toAnswer(outcome: RowOutcome | undefined, index: number, promise: AnswerPromise): RowAnswer {
  if (outcome === undefined)
    return { error: new ServingError('INFERENCE_FAILED', 'The engine answered fewer rows than it was given.') };
  if ('outputs' in outcome) return keepPromise(promise, outcome.outputs, index);
  if ('problem' in outcome) return { error: mismatch([{ row: index, ...outcome.problem }]) };
  return { error: new ServingError('INFERENCE_FAILED', outcome.failure.message) };
}

/** Outputs as the signature promises them: a NaN is no number, and JSON could not carry it. */
function keepPromise({ signature, changeAnswer }: AnswerPromise, outputs: Row, row: number): RowAnswer {
  const found = findNonFinite(signature, outputs);
  if (found === null) return { outputs: changeAnswer === undefined ? outputs : changeAnswer(outputs) };
  const message = `The output ${found.output} of row ${row} is ${found.got}: the model gave no number for this input.`;
  return { error: new ServingError('INFERENCE_FAILED', message) };
}
