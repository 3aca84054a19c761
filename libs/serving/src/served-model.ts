import type { ModelPackage, PackageOverrides } from '@web-single/model-package';
import type { BatchResult, StartedEngine, Tensors } from '@web-single/model-runtime';
import type { Row } from '@web-single/tensor';
import { Admission } from './admission.ts';
import { BatchCost } from './batch-cost.ts';
import { Batcher } from './batcher.ts';
import type { Clock } from './clock.ts';
import type { CancelSignal, EntryResult } from './entry.ts';
import { servingChannels, type BatchEvent } from './events.ts';
import type { ImageLimits } from './image-limits.ts';
import type { ModelView } from './model-view.ts';

export interface ServingLimits extends ImageLimits {
  /** Cap of the predicted wait of an admitted request. */
  readonly maxWaitMs: number;
  /** Batches' worth of rows that may wait per instance before requests are shed. */
  readonly maxQueuedBatches: number;
  /** Rows that may wait or run whatever the batch size; the predicted wait bounds them further. */
  readonly minRowsInFlight: number;
}

const DEAD_AFTER_MS = 5000;

/** One ready model version: its package, its engine, and the queue in front of it. */
export class ServedModel {
  readonly package: ModelPackage;
  readonly started: StartedEngine;
  readonly admission: Admission;
  readonly imageLimits: ImageLimits;
  readonly #cost: BatchCost;
  readonly #batcher: Batcher;
  readonly #clock: Clock;
  #view: ModelView;

  constructor(modelPackage: ModelPackage, started: StartedEngine, limits: ServingLimits, clock: Clock) {
    this.package = modelPackage;
    this.#view = { signature: modelPackage.signature };
    this.started = started;
    this.imageLimits = limits;
    this.#clock = clock;
    const { engine, calibration } = started;
    const rowsInFlight = Math.max(limits.minRowsInFlight, engine.maxRows * engine.instances * limits.maxQueuedBatches);
    this.#cost = new BatchCost(engine.maxRows, calibration.curve);
    this.admission = new Admission({
      limits: { maxRows: rowsInFlight, maxWaitMs: limits.maxWaitMs },
      cost: this.#cost,
      instances: engine.instances,
      clock,
      random: Math.random,
    });
    this.#batcher = new Batcher({
      engine,
      limits: { maxRows: engine.maxRows, maxDelayMs: modelPackage.batching.maxDelayMs },
      cost: this.#cost,
      clock,
      onBatch: (rows, result, durationMs) => this.#observe(rows, result, durationMs),
    });
  }

  /** What a request sees from its check to its answer, if it asks once. */
  get view(): ModelView {
    return this.#view;
  }

  /** From now on requests see these overrides, or the package alone; the engine goes on as it is. */
  override(overrides: PackageOverrides | undefined): void {
    const { signature } = overrides ?? this.package;
    this.#view = { signature, ...(overrides && { overrides }) };
  }

  /** False where overrides switch the version off. */
  get isEnabled(): boolean {
    return this.#view.overrides?.isEnabled ?? true;
  }

  /** False where golden cases fail and development serves it all the same: such a model is never ready. */
  get isProven(): boolean {
    return this.started.goldenReport.failures.length === 0;
  }

  /** True while no instance of the engine is up: a crash is mended in a fraction of a second. */
  get isDown(): boolean {
    return this.started.engine.status().downSinceMs !== undefined;
  }

  /** Down for so long that restarting does not seem to help. */
  get isDead(): boolean {
    const { downSinceMs } = this.started.engine.status();
    return downSinceMs !== undefined && this.#clock.now() - downSinceMs >= DEAD_AFTER_MS;
  }

  get queuedRows(): number {
    return this.#batcher.queuedRows;
  }

  /** Rows a call at the tensor level counts as: the first dim of its inputs, or one where that is no batch. */
  rowsOfCall(tensors: Tensors): number {
    return this.package.batchable ? (Object.values(tensors)[0]?.shape[0] ?? 1) : 1;
  }

  /** Answers a checked call at the tensor level with one outcome. */
  predictTensors(tensors: Tensors, deadlineMs: number, signal?: CancelSignal): Promise<EntryResult> {
    const work = { level: 'tensor', tensors, rows: this.rowsOfCall(tensors) } as const;
    return this.#batcher.submit(work, deadlineMs, signal);
  }

  /** Predicts any number of checked rows: split into batches of at most `maxRows`, outcomes in the rows' order. */
  predict(rows: readonly Row[], deadlineMs: number, signal?: CancelSignal): Promise<EntryResult> {
    const { maxRows } = this.started.engine;
    if (rows.length <= maxRows) return this.#batcher.submit({ level: 'row', rows }, deadlineMs, signal);
    return this.#predictInPieces(rows, deadlineMs, signal);
  }

  /** Where one piece fails the request has failed: the others are run for nobody, and leave the queue. */
  async #predictInPieces(rows: readonly Row[], deadlineMs: number, signal?: CancelSignal): Promise<EntryResult> {
    const { maxRows } = this.started.engine;
    const rest = new AbortController();
    const leave = (): void => rest.abort();
    signal?.addEventListener('abort', leave, { once: true });
    const pieces: Promise<EntryResult>[] = [];
    for (let start = 0; start < rows.length; start += maxRows) {
      const work = { level: 'row', rows: rows.slice(start, start + maxRows) } as const;
      pieces.push(this.#batcher.submit(work, deadlineMs, rest.signal));
    }
    try {
      return joinPieces(await Promise.all(pieces));
    } catch (error) {
      leave();
      throw error;
    } finally {
      signal?.removeEventListener('abort', leave);
    }
  }

  /** Waits for what was admitted, then closes the engine. */
  async retire(): Promise<void> {
    await this.#batcher.whenIdle();
    await this.started.engine.close();
  }

  #observe(rows: number, result: BatchResult | null, durationMs: number): void {
    if (result === null) return;
    this.#cost.observe(rows, durationMs);
    if (!servingChannels.batch.hasSubscribers) return;
    const { name: model, version } = this.package;
    servingChannels.batch.publish({ model, version, rows, durationMs, ...result.timing } satisfies BatchEvent);
  }
}

function joinPieces(pieces: readonly EntryResult[]): EntryResult {
  const sum = (phase: keyof EntryResult['timing']): number =>
    pieces.reduce((total, piece) => total + piece.timing[phase], 0);
  return {
    outcomes: pieces.flatMap((piece) => piece.outcomes),
    queueMs: Math.min(...pieces.map((piece) => piece.queueMs)),
    timing: { beforeMs: sum('beforeMs'), runMs: sum('runMs'), afterMs: sum('afterMs') },
    batchRows: Math.max(...pieces.map((piece) => piece.batchRows)),
  };
}
