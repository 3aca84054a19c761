import type { Row } from '@web-single/tensor';
import type { LoadedModel } from '../loaded-model.ts';
import { quietQuantile } from './quantile.ts';
import { differingOutput } from './same-outputs.ts';

/** What a batch of `rows` rows costs the thread it runs on: before, session and after together. */
export interface CurvePoint {
  readonly rows: number;
  /** Both are of a quiet moment: `quietQuantile`. */
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** Measured in the process that would run the model; what follows from it is decided elsewhere (`decidePlacement`). */
export interface Calibration {
  /** From one row on, each with twice the rows of the one before. */
  readonly curve: readonly CurvePoint[];
  /** The output that a batch answers otherwise than single rows do; batching such a model would be wrong. */
  readonly mixedOutput?: string;
}

/** What times the runs; injected so that a test decides how long they take. */
export interface Stopwatch {
  /** Milliseconds, monotonic. */
  now(): number;
  /** How often the system has given the core to somebody else so far. */
  interruptions(): number;
}

const systemStopwatch: Stopwatch = {
  now: () => performance.now(),
  interruptions: () => process.resourceUsage().involuntaryContextSwitches,
};

export interface CalibrateOptions {
  /** Rows that the model answers, at least one. The first is the one that is measured. */
  readonly rows: readonly Row[];
  /** Largest batch measured. Default 64: beyond it, nothing of ours becomes cheaper per row. */
  readonly mostRows?: number;
  /** For all of it. Default 200 ms, 60 for a model that decodes files; one run of each size is always made. */
  readonly budgetMs?: number;
  readonly stopwatch?: Stopwatch;
}

/** Decoding takes nearly all of a row and gains nothing by company: little is left to find out. */
const decodingBudgetMs = 60;
/** A doubling that saves less than this share of the time per row is not worth the latency. */
const leastGain = 0.1;
/** Half of what a run may hold up the loop: below it the largest size is taken whose rows cost not much more than the cheapest. */
const tinyMs = 0.5;
/** By this factor the same run differs from one moment of a busy machine to another. */
const noise = 1.5;
/** Time for the compiler to do its work: a cold process measures itself, not the model. */
const warmUpMs = 20;
/** Every size is measured in each of them, so that a busy moment of the machine falls on all sizes alike. */
const passes = 3;
/** Of a size in a pass: enough for a p99, few enough to start fast. */
const mostSamples = 100;
/** After so many, all of them negligible, more say nothing new: the start waits for them. */
const enoughIfNegligible = 20;
const equalityRows = 8;

/**
 * Measures run time against rows for 1, 2, 4, … until two doublings in a row gain less than 10 % per row or the budget is
 * spent. One alone proves nothing: a busy machine can spoil it.
 */
export const calibrate = async (loaded: LoadedModel, options: CalibrateOptions): Promise<Calibration> => {
  const {
    rows,
    mostRows = 64,
    budgetMs = loaded.decodes ? decodingBudgetMs : 200,
    stopwatch = systemStopwatch,
  } = options;
  const limit = loaded.layout.batched ? mostRows : 1;
  const mixedOutput =
    limit > 1 ? await findMixedOutput(loaded, takeRows(rows, Math.min(equalityRows, limit))) : undefined;
  // The same row in all of them: a size that is the first to hold a large picture would seem to cost more a row than smaller ones.
  const sizes = sizesUpTo(mixedOutput === undefined ? limit : 1).map(
    (size) => new MeasuredSize(loaded, takeRows(rows.slice(0, 1), size), stopwatch),
  );
  let endMs = stopwatch.now() + budgetMs;
  await sizes[0]?.sample(Math.min(warmUpMs, budgetMs / 10));
  sizes[0]?.forget();
  const reached = await measureUpwards(sizes, budgetMs / sizes.length / passes, () => stopwatch.now() > endMs);
  const mayDiffer = reached.length < sizes.length || !reached.every((size) => isNegligible(size.point()));
  // One busy moment of the machine that takes the whole budget must not decide for the life of a model which takes next to none of it.
  if (isNegligible(reached[0]!.point())) endMs = Math.max(endMs, stopwatch.now() + budgetMs / 2);
  for (let pass = 2; mayDiffer && pass <= passes; pass++) {
    const passMs = (endMs - stopwatch.now()) / (passes - pass + 1);
    for (const size of reached) if (stopwatch.now() < endMs) await size.sample(passMs / reached.length);
  }
  return { curve: reached.map((size) => size.point()), ...(mixedOutput === undefined ? {} : { mixedOutput }) };
};

/** Whatever more samples would say of such a size, it runs inline and in any batch. */
const isNegligible = ({ p50Ms, p99Ms }: CurvePoint): boolean => p50Ms < tinyMs && p99Ms < 2 * tinyMs;

const takeRows = (rows: readonly Row[], count: number): readonly Row[] =>
  Array.from({ length: count }, (_, index) => rows[index % rows.length] ?? {});

const sizesUpTo = (limit: number): readonly number[] =>
  Array.from({ length: Math.floor(Math.log2(limit)) + 1 }, (_, exponent) => 2 ** exponent);

/** The first pass: gives the sizes that are worth measuring, at least one. */
const measureUpwards = async (
  sizes: readonly MeasuredSize[],
  sizeMs: number,
  isOver: () => boolean,
): Promise<readonly MeasuredSize[]> => {
  const reached: MeasuredSize[] = [];
  for (const size of sizes) {
    await size.sample(sizeMs);
    reached.push(size);
    const curve = reached.map((measured) => measured.point());
    const isPast = curve.length > 2 && curve.at(-3)!.rows >= mostRowsWorthwhile(curve);
    if (isPast || isOver()) break;
  }
  return reached;
};

/**
 * The smallest batch whose rows cost within 10 % of the cheapest measured, or a larger one that costs so little in all
 * that the difference is noise. At least 1.
 */
export const mostRowsWorthwhile = (curve: readonly CurvePoint[]): number => {
  const cheapestMs = Math.min(...curve.map(({ p50Ms, rows }) => p50Ms / rows));
  const enough = curve.find(({ p50Ms, rows }) => (p50Ms / rows) * (1 - leastGain) <= cheapestMs);
  const tiny = curve.findLast(({ p50Ms, rows }) => p50Ms < tinyMs && p50Ms / rows <= noise * cheapestMs);
  return Math.max(1, enough?.rows ?? 1, tiny?.rows ?? 1);
};

/** Batches of one size, and the times of their runs so far. */
class MeasuredSize {
  readonly #loaded: LoadedModel;
  readonly #rows: readonly Row[];
  readonly #stopwatch: Stopwatch;
  readonly #samples: number[] = [];
  /** The first run of a size, which allocates its memory, and interrupted ones: counted only where there are no others. */
  readonly #unfit: number[] = [];

  constructor(loaded: LoadedModel, rows: readonly Row[], stopwatch: Stopwatch) {
    this.#loaded = loaded;
    this.#rows = rows;
    this.#stopwatch = stopwatch;
  }

  /** Runs for `durationMs`, at least once. */
  async sample(durationMs: number): Promise<void> {
    const endMs = this.#stopwatch.now() + durationMs;
    if (this.#unfit.length === 0) this.#unfit.push((await this.#timeOfRun()).ms);
    for (let taken = 0; taken < mostSamples && this.#stopwatch.now() < endMs; taken++) {
      if (taken === enoughIfNegligible && isNegligible(this.point())) return;
      const sample = await this.#timeOfRun();
      (sample.isInterrupted ? this.#unfit : this.#samples).push(sample.ms);
    }
  }

  /** Drops what was only meant to warm up. */
  forget(): void {
    this.#samples.length = 0;
  }

  point(): CurvePoint {
    const counted = this.#samples.length > 0 ? this.#samples : this.#unfit;
    return { rows: this.#rows.length, p50Ms: quietQuantile(counted, 0.5), p99Ms: quietQuantile(counted, 0.99) };
  }

  /** Interrupted: the system gave the core to somebody else meanwhile, so the time says nothing of the model. */
  async #timeOfRun(): Promise<{ ms: number; isInterrupted: boolean }> {
    const before = this.#stopwatch.interruptions();
    const startMs = this.#stopwatch.now();
    await this.#loaded.runBatch(this.#rows);
    const ms = this.#stopwatch.now() - startMs;
    return { ms, isInterrupted: this.#stopwatch.interruptions() > before };
  }
}

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
