import type { ModelIdentity, PredictionTiming } from './answer-facts.ts';
import type { Clock } from './clock.ts';
import { servingChannels, type PredictionEvent } from './events.ts';
import type { LoadedModels } from './loaded-models.ts';
import { ServingError } from './serving-error.ts';

/** What a request names of a model; both left out: the active version of the default model. */
export interface RequestedModel {
  readonly model?: string | undefined;
  readonly version?: string | undefined;
}

/** A refusal before the body is read, and whose. */
export interface Shed {
  readonly model: string;
  readonly version: string;
  readonly error: ServingError;
}

export interface ShedTimes {
  /** Absolute, monotonic ms. */
  readonly deadlineMs: number;
  /** Before it could be admitted: others of the server's are before it. */
  readonly aheadMs?: number;
}

/** `Serving.shed`, told to who listens as any refusal. */
export function shed(
  models: LoadedModels,
  request: RequestedModel,
  { deadlineMs, aheadMs }: ShedTimes,
): Shed | undefined {
  const served = models.find(request.model, request.version);
  if (served === undefined) return undefined;
  const { name: model, version } = served.package;
  const error = served.admission.refusal(1, deadlineMs, aheadMs);
  if (error === undefined) return undefined;
  publish({ model, version, rows: 0, code: error.code, durationMs: 0 });
  return { model, version, error };
}

/** Tells who listens what became of a request. */
export async function observed<Answer extends { readonly model: ModelIdentity; readonly timing: PredictionTiming }>(
  { models, clock }: { readonly models: LoadedModels; readonly clock: Clock },
  request: RequestedModel,
  rows: number,
  answer: () => Promise<Answer>,
): Promise<Answer> {
  const startedAtMs = clock.now();
  try {
    const answered = await answer();
    const { name: model, version } = answered.model;
    const { timing } = answered;
    publish({ model, version, rows, code: 'OK', durationMs: clock.now() - startedAtMs, timing });
    return answered;
  } catch (error) {
    const code = error instanceof ServingError ? error.code : 'INTERNAL';
    publish({ ...nameOf(models, request), rows, code, durationMs: clock.now() - startedAtMs });
    throw error;
  }
}

/** The model a failed request meant, as far as it exists: a caller's own words never become a label. */
function nameOf(
  models: LoadedModels,
  { model = models.defaultModel(), version }: RequestedModel,
): { model: string; version: string } {
  if (model === undefined || !models.names().includes(model)) return { model: '_other', version: '' };
  const versions = models.versions(model).map((known) => known.version);
  const meant = version ?? models.activeVersion(model);
  return { model, version: versions.find((known) => known === meant) ?? '' };
}

function publish(event: PredictionEvent): void {
  if (servingChannels.prediction.hasSubscribers) servingChannels.prediction.publish(event);
}
