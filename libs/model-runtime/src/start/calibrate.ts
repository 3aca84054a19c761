import type { Row } from '@web-single/tensor';
import type { LoadedModel } from '../loaded-model.ts';
import { robustP99, quantile } from './quantile.ts';
import { differingOutput } from './same-outputs.ts';

/** What a batch of `rows` rows costs the thread it runs on: before, session and after together. */
export interface CurvePoint {
  readonly rows: number;
  readonly p50Ms: number;
  /** `robustP99`: of a quiet moment. */
  readonly p99Ms: number;
}

/** Measured in the process that would run the model; what follows from it is decided elsewhere (`decidePlacement`). */
export interface Calibration {
  /** From one row on, each with twice the rows of the one before. */
  readonly curve: readonly CurvePoint[];
  /** The output that a batch answers otherwise than single rows do; batching such a model would be wrong. */
  readonly mixedOutput?: string;
}

export interface CalibrateOptions {
  /** Rows that the model answers, at least one; repeated to fill a batch. */
  readonly rows: readonly Row[];
  /** Largest batch measured. Default 64: beyond it, nothing of ours becomes cheaper per row. */
  readonly mostRows?: number;
  /** For all of it. Default 200 ms; one run of each size is always made. */
  readonly budgetMs?: number;
}

/** A doubling that saves less than this share of the time per row is not worth the latency. */
const leastGain = 0.1;
/** Below this a run is mostly the call itself. */
const tinyMs = 0.25;
/** Enough for a p99, few enough to start fast. */
const mostSamples = 200;
/** On a busy machine a share of the budget may pass without that many: then a little longer, where runs are short. */
const leastSamples = 20;
const extraMs = 20;
const equalityRows = 8;

/** Measures run time against rows for 1, 2, 4, … until a doubling gains less than 10 % per row or the budget is spent. */
export const calibrate = async (loaded: LoadedModel, options: CalibrateOptions): Promise<Calibration> => {
  const { rows, mostRows = 64, budgetMs = 200 } = options;
  const limit = loaded.layout.batched ? mostRows : 1;
  const mixedOutput =
    limit > 1 ? await findMixedOutput(loaded, takeRows(rows, Math.min(equalityRows, limit))) : undefined;
  const sizes = Math.floor(Math.log2(limit)) + 1;
  const endMs = performance.now() + budgetMs;
  const curve: CurvePoint[] = [];
  for (let size = 1; size <= (mixedOutput === undefined ? limit : 1); size *= 2) {
    const last = curve.at(-1);
    const point = await measure(loaded, takeRows(rows, size), budgetMs / sizes);
    curve.push(point);
    if (performance.now() > endMs || (last && !isWorthDoubling(last, point))) break;
  }
  return { curve, ...(mixedOutput === undefined ? {} : { mixedOutput }) };
};

const takeRows = (rows: readonly Row[], count: number): readonly Row[] =>
  Array.from({ length: count }, (_, index) => rows[index % rows.length] ?? {});

/** True where twice the rows cost at least 10 % less per row, or so little in all that the difference is noise. */
export const isWorthDoubling = (smaller: CurvePoint, larger: CurvePoint): boolean => {
  const gain = 1 - larger.p50Ms / larger.rows / (smaller.p50Ms / smaller.rows);
  return larger.p50Ms < tinyMs || gain >= leastGain;
};

const measure = async (loaded: LoadedModel, rows: readonly Row[], budgetMs: number): Promise<CurvePoint> => {
  const endMs = performance.now() + budgetMs;
  // The first run of a size allocates its memory and is not one of those that follow, unless it is all there is.
  const interrupted = [(await timeOf(loaded, rows)).ms];
  const samples: number[] = [];
  const mayGoOn = (): boolean => performance.now() < endMs + (samples.length < leastSamples ? extraMs : 0);
  while (samples.length < mostSamples && mayGoOn()) {
    const sample = await timeOf(loaded, rows);
    (sample.isInterrupted ? interrupted : samples).push(sample.ms);
  }
  const counted = samples.length > 0 ? samples : interrupted;
  return { rows: rows.length, p50Ms: quantile(counted, 0.5), p99Ms: robustP99(counted) };
};

/** Interrupted: the system gave the core to somebody else meanwhile, so the time says nothing of the model. */
const timeOf = async (loaded: LoadedModel, rows: readonly Row[]): Promise<{ ms: number; isInterrupted: boolean }> => {
  const switches = process.resourceUsage().involuntaryContextSwitches;
  const startMs = performance.now();
  await loaded.runBatch(rows);
  const ms = performance.now() - startMs;
  return { ms, isInterrupted: process.resourceUsage().involuntaryContextSwitches > switches };
};

const findMixedOutput = async (loaded: LoadedModel, rows: readonly Row[]): Promise<string | undefined> => {
  const { outcomes } = await loaded.runBatch(rows);
  for (const [index, outcome] of outcomes.entries()) {
    const [single] = (await loaded.runBatch(rows.slice(index, index + 1))).outcomes;
    if (!single || !('outputs' in outcome) || !('outputs' in single)) continue;
    const name = differingOutput(outcome.outputs, single.outputs);
    if (name !== undefined) return name;
  }
  return undefined;
};
