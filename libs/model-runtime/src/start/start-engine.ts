import type { ModelPackage } from '@web-single/model-package';
import { engineModelOf } from '../engine-model.ts';
import type { Engine } from '../engine.ts';
import { InlineEngine } from '../inline-engine.ts';
import { loadModel } from '../loaded-model.ts';
import { ProcessEngine } from '../process-engine.ts';
import type { CurvePoint } from './calibrate.ts';
import type { GoldenReport } from './check-golden.ts';
import { loadOnnxRuntime } from '../session/onnx-runtime.ts';
import { decidePlacement, mayTurnOutInline, p99At } from './decide-placement.ts';
import type { Placement } from './decide-placement.ts';
import { launchModel } from './launch-model.ts';
import { proveModel } from './prove-model.ts';
import type { ProvenModel } from './prove-model.ts';
import { resolveStartOptions } from './start-options.ts';
import type { ResolvedStartOptions, StartEngineOptions } from './start-options.ts';

export interface EngineCalibration {
  readonly curve: readonly CurvePoint[];
  readonly maxRows: number;
  readonly placement: 'inline' | 'process';
  readonly runTimeoutMs: number;
  /** The output that a batch answers otherwise than single rows do. */
  readonly mixedOutput?: string;
}

export interface StartedEngine {
  readonly engine: Engine;
  readonly calibration: EngineCalibration;
  readonly goldenReport: GoldenReport;
  /** What an operator should know, in full sentences. */
  readonly warnings: readonly string[];
}

/**
 * Starts the engine of a model version: proves it in a process of its own first (load, golden cases, warm-up, measurement),
 * then places it. Rejects with `PackageError` where the version must not serve, `EngineError` where no process can start.
 */
export const startEngine = async (model: ModelPackage, options: StartEngineOptions = {}): Promise<StartedEngine> => {
  const resolved = resolveStartOptions(options);
  // Takes some 50 ms, in which this process would wait for the proof; where loading fails, `startInline` says so.
  if (resolved.placement !== 'process' && mayTurnOutInline(model)) void loadOnnxRuntime().catch(() => undefined);
  const proven = await proveModel(model, resolved);
  const decided = decidePlacement(engineModelOf(model), proven.calibration, proven.report.decodes);
  const isMeasured = proven.sampleRows.length > 0 || model.engine.placement === 'inline';
  const placement = { ...decided, placement: resolved.placement ?? (isMeasured ? decided.placement : 'process') };
  const rowsMayShareRuns = model.batchable && proven.calibration.mixedOutput === undefined;
  const engine =
    placement.placement === 'inline'
      ? await startInline(model, proven, { ...placement, rowsMayShareRuns }, resolved)
      : startProcesses(model, proven, { ...placement, rowsMayShareRuns }, resolved);
  return {
    engine,
    calibration: {
      curve: proven.calibration.curve,
      maxRows: placement.maxRows,
      placement: placement.placement,
      runTimeoutMs: placement.runTimeoutMs,
      ...(proven.calibration.mixedOutput !== undefined && { mixedOutput: proven.calibration.mixedOutput }),
    },
    goldenReport: proven.golden,
    warnings: [...proven.warnings, ...placement.warnings],
  };
};

type EnginePlacement = Placement & { readonly rowsMayShareRuns: boolean };

const retireGraceMs = 2_000;

/** Loads the model here; its process has proven it and goes, for which nobody waits. */
const startInline = async (
  model: ModelPackage,
  proven: ProvenModel,
  { maxRows, rowsMayShareRuns }: EnginePlacement,
  { clock }: ResolvedStartOptions,
): Promise<Engine> => {
  void proven.child.close(clock, retireGraceMs);
  const loaded = await loadModel(engineModelOf(model), { layout: proven.report.layout });
  const warm = Array.from({ length: maxRows }, (_, index) => proven.sampleRows[index % proven.sampleRows.length] ?? {});
  if (proven.sampleRows.length > 0) {
    await loaded.runBatch(warm.slice(0, 1));
    await loaded.runBatch(warm);
  }
  return new InlineEngine({ loaded, maxRows, rowsMayShareRuns, clock });
};

/** Once its caller has given up, a run may take ten times what it should. */
const patienceFactor = 10;

const startProcesses = (
  model: ModelPackage,
  proven: ProvenModel,
  placement: EnginePlacement,
  options: ResolvedStartOptions,
): Engine => {
  const { clock, maxRssBytes, onEvent, random } = options;
  const { maxRows, rowsMayShareRuns, runTimeoutMs, leastPatienceMs } = placement;
  const launch = {
    ...options,
    model: engineModelOf(model),
    layout: proven.report.layout,
    sampleRows: proven.sampleRows,
  };
  return new ProcessEngine({
    first: proven.child,
    instances: model.engine.instances === 'auto' ? options.instances : model.engine.instances,
    maxRows,
    rowsMayShareRuns,
    runTimeoutMs,
    maxRssBytes,
    clock,
    random,
    emit: onEvent,
    patienceMs: (rows) => Math.max(leastPatienceMs, patienceFactor * p99At(proven.calibration.curve, rows)),
    launch: async () => (await launchModel(launch)).child,
  });
};
