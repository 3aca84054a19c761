import { basename } from 'node:path';
import { PackageError } from '@web-single/model-package';
import type { Row } from '@web-single/tensor';
import type { BatchLayout } from '../batch/batch-layout.ts';
import type { Clock } from '../clock.ts';
import type { EngineModel } from '../engine-model.ts';
import { EngineError } from '../engine-error.ts';
import type { EngineAhead } from '../process/engine-ahead.ts';
import { EngineChild } from '../process/engine-child.ts';
import { guardChild } from '../process/guard-child.ts';
import { ModelRefusal } from '../session/model-refusal.ts';
import type { LoadReport } from '../process/message.ts';
import type { LaunchOptions } from '../process/spawn-child.ts';

export interface LaunchModelOptions extends LaunchOptions {
  readonly model: EngineModel;
  /** Known after the first load. */
  readonly layout?: BatchLayout;
  readonly sampleRows: readonly Row[];
  readonly loadTimeoutMs: number;
  readonly maxRssBytes: number;
  readonly clock: Clock;
  /** Taken where nobody has. */
  readonly ahead?: EngineAhead;
}

/** Starts an engine process, loads the model in it and runs a row, so that the first caller does not pay for the first run. */
export const launchModel = async (options: LaunchModelOptions): Promise<{ child: EngineChild; report: LoadReport }> => {
  const { ahead, layout, loadTimeoutMs, model, sampleRows } = options;
  const child = (await ahead?.take()) ?? (await EngineChild.start(options));
  const guard = guardChild(child, { ...options, timeoutMs: loadTimeoutMs });
  try {
    const report = await child.load(
      model,
      layout ? { layout, sampleRows: [] } : { sampleRows: sampleRows.slice(0, 3) },
    );
    if (sampleRows.length > 0) await child.predict(sampleRows.slice(0, 1));
    return { child, report };
  } catch (error) {
    child.kill();
    throw guard.isLate() ? tooSlow(model, loadTimeoutMs) : asPackageError(model, error);
  } finally {
    guard.release();
  }
};

/** The process ended, or was ended, before the model had answered what it was given. */
export class UnansweredError extends PackageError {}

const tooSlow = (model: EngineModel, loadTimeoutMs: number): UnansweredError =>
  problem(
    model,
    `The model did not load and answer its first row within ${loadTimeoutMs} ms. It is too large for this limit, or it never ends.`,
  );

/** A process that dies of a model says that the model cannot be used, at the first load at least. */
const asPackageError = (model: EngineModel, error: unknown): unknown => {
  if (error instanceof ModelRefusal) return new PackageError(error.problems);
  return error instanceof EngineError && error.code !== 'ENGINE_UNAVAILABLE'
    ? problem(
        model,
        'The engine process ended while it loaded the model or ran its first row: the model crashes the runtime, or needs more memory than it may have.',
      )
    : error;
};

const problem = ({ modelPath }: EngineModel, message: string): UnansweredError =>
  new UnansweredError([{ where: basename(modelPath), message }]);
