import type { RowOutcome, Tensors } from '@web-single/model-runtime';
import { asServingError, identityOf, timingOf, type ModelIdentity, type PredictionTiming } from './answer-facts.ts';
import type { Clock } from './clock.ts';
import type { CancelSignal } from './entry.ts';
import type { LoadedModels } from './loaded-models.ts';
import { ServingError } from './serving-error.ts';

/** A call at the tensor level: what the session itself takes, `before` and `after` passed over. */
export interface TensorsRequest {
  /** Left out: the default model. */
  readonly model?: string | undefined;
  /** Left out: the active version. */
  readonly version?: string | undefined;
  /** One per session input, batch dim included; names, dtypes and dims were checked against the model's session inputs. */
  readonly tensors: Tensors;
  /** Absolute, monotonic ms. */
  readonly deadlineMs: number;
  /** Aborts when the caller has gone. */
  readonly signal?: CancelSignal | undefined;
}

export interface TensorsPrediction {
  readonly model: ModelIdentity;
  /** One per session output, as the session gave it. */
  readonly outputs: Tensors;
  readonly timing: PredictionTiming;
}

/** `predict` for whole tensors: resolve → admit → batch → answer. Throws `ServingError`. */
export async function predictTensors(
  models: LoadedModels,
  clock: Clock,
  request: TensorsRequest,
): Promise<TensorsPrediction> {
  const startedAtMs = clock.now();
  const { tensors, deadlineMs, signal } = request;
  const served = models.resolveEnabled(request.model, request.version);
  const rows = served.rowsOfCall(tensors);
  served.admission.admit(rows, deadlineMs);
  try {
    const result = await served.predictTensors(tensors, deadlineMs, signal);
    const outputs = outputsOf(result.outcomes[0]);
    return { model: identityOf(served), outputs, timing: timingOf(result, clock.now() - startedAtMs) };
  } catch (error) {
    throw asServingError(error);
  } finally {
    served.admission.release(rows);
  }
}

function outputsOf(outcome: RowOutcome | undefined): Tensors {
  // The engine answers a call at this level with the session's own tensors.
  if (outcome !== undefined && 'outputs' in outcome) return outcome.outputs as Tensors;
  const message =
    outcome !== undefined && 'failure' in outcome ? outcome.failure.message : 'The engine gave no answer.';
  throw new ServingError('INFERENCE_FAILED', message);
}
