import { basename } from 'node:path';
import { PackageError } from '@web-single/model-package';
import type { ModelPackage } from '@web-single/model-package';
import { checkRows } from '@web-single/signature';
import type { Row } from '@web-single/tensor';
import { EngineError } from '../engine-error.ts';
import { engineModelOf } from '../engine-model.ts';
import type { RowOutcome } from '../engine.ts';
import type { EngineChild } from '../process/engine-child.ts';
import { guardChild } from '../process/guard-child.ts';
import type { LoadReport } from '../process/message.ts';
import { isUnavoidable } from '../session/session-error.ts';
import type { Calibration } from './calibrate.ts';
import { checkGolden, goldenRows } from './check-golden.ts';
import type { GoldenReport } from './check-golden.ts';
import { launchModel, UnansweredError } from './launch-model.ts';
import type { ResolvedStartOptions } from './start-options.ts';
import { syntheticRows } from './synthetic-rows.ts';

/** A version that has shown in a process of its own that it loads and answers as recorded. */
export interface ProvenModel {
  /** Still alive, loaded and warm. */
  readonly child: EngineChild;
  readonly report: LoadReport;
  readonly golden: GoldenReport;
  readonly calibration: Calibration;
  /** Rows the model answers: probed the layout, warm up every later process. */
  readonly sampleRows: readonly Row[];
  readonly warnings: readonly string[];
}

/** Distinct rows for measuring; more teach nothing. */
const sampleCount = 16;

/**
 * Loads, learns the layout, runs all golden cases, warms up and measures. A model that does not survive rows made up by us
 * is loaded without any, neither proven nor measured. Throws `PackageError`; the process is gone then.
 */
export const proveModel = async (model: ModelPackage, options: ResolvedStartOptions): Promise<ProvenModel> => {
  const recorded = goldenRows(model);
  if (recorded.length > 0) return proveWith(model, options, recorded.slice(0, sampleCount));
  try {
    return await proveWith(model, options, checkedSamples(model));
  } catch (error) {
    if (!(error instanceof UnansweredError)) throw error;
    const proven = await proveWith(model, options, []);
    return { ...proven, warnings: [`A row made up from the signature is never answered: ${unproven}`] };
  }
};

const unproven = 'add golden cases to prove and measure this model.';

const proveWith = async (
  model: ModelPackage,
  options: ResolvedStartOptions,
  sampleRows: readonly Row[],
): Promise<ProvenModel> => {
  const recorded = goldenRows(model);
  const { child, report } = await launchModel({ ...options, model: engineModelOf(model), sampleRows });
  const guard = guardChild(child, { ...options, timeoutMs: options.goldenTimeoutMs });
  try {
    const golden = await checkGolden(model, recorded, (rows) => child.predict(rows));
    if (golden.failures.length > 0 && options.goldenFailures === 'refuse') throw new PackageError(golden.failures);
    const sampleWarnings = recorded.length > 0 ? [] : await trySamples(child, sampleRows, model);
    const calibration = await child.calibrate(sampleRows, mostRowsOf(model));
    return { child, report, golden, calibration, sampleRows, warnings: [...report.warnings, ...sampleWarnings] };
  } catch (error) {
    child.kill();
    throw error instanceof EngineError ? ended(model, guard.isLate(), options.goldenTimeoutMs) : error;
  } finally {
    guard.release();
  }
};

const mostRowsOf = ({ batching }: ModelPackage): number => (batching.maxRows === 'auto' ? 64 : batching.maxRows);

const checkedSamples = ({ signature }: ModelPackage): readonly Row[] =>
  checkRows(signature, syntheticRows(signature, sampleCount)).flatMap((check) => ('row' in check ? [check.row] : []));

/**
 * Rows made up by us prove little: that one of them fails is worth a word, not a refusal. Only one that every
 * input would bring is: of the graph's types, or of its shapes where it leaves callers no others.
 */
const trySamples = async (
  child: EngineChild,
  rows: readonly Row[],
  { sessionInputs, modelPath }: ModelPackage,
): Promise<readonly string[]> => {
  const { outcomes } = await child.predict(rows.slice(0, 3));
  if (outcomes.length === 0) return [`No row could be made up from the signature: ${unproven}`];
  const [first] = outcomes.flatMap(failureOf);
  if (first === undefined) return [];
  const hasFixedShapes = sessionInputs.every(({ dims }) => dims.every((dim) => typeof dim === 'number'));
  if (isUnavoidable(first, hasFixedShapes)) throw new PackageError([{ where: basename(modelPath), message: first }]);
  return [`A row made up from the signature fails: ${first} Add golden cases to prove and measure this model.`];
};

const failureOf = (outcome: RowOutcome): readonly string[] => {
  if ('outputs' in outcome) return [];
  if ('failure' in outcome) return [outcome.failure.message];
  const { field, expected, got } = outcome.problem;
  return [`"${field}" expected ${expected}, got ${got}.`];
};

const ended = ({ name, version }: ModelPackage, late: boolean, timeoutMs: number): UnansweredError => {
  const why = late
    ? `did not finish within ${timeoutMs} ms`
    : 'ended its process: it crashes the runtime, or needs more memory than it may have';
  return new UnansweredError([{ where: 'golden.jsonl', message: `The proof of "${name}" v${version} ${why}.` }]);
};
