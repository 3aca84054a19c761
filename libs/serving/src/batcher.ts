import type { BatchResult, Engine } from '@web-single/model-runtime';
import type { BatchCost } from './batch-cost.ts';
import type { Clock } from './clock.ts';
import { DeadlineWatch } from './deadline-watch.ts';
import { rowsOf, type CancelSignal, type Entry, type EntryResult, type Work } from './entry.ts';
import { flushWhen, type FlushLimits } from './flush-policy.ts';
import { ServingError } from './serving-error.ts';

export interface BatcherOptions {
  readonly engine: Engine;
  readonly limits: FlushLimits;
  /** Tells which entries can no longer be answered in time. */
  readonly cost: Pick<BatchCost, 'batchMs'>;
  readonly clock: Clock;
  /** Told after each batch, for the wait prediction and the metrics. */
  readonly onBatch: (rows: number, result: BatchResult | null, durationMs: number) => void;
}

/**
 * Groups waiting entries into batches for one engine (natural batching: whatever waits when an instance is idle goes together).
 * Invariant: an entry is in `#queue` or dispatched, never both; its first settlement counts, later ones find the promise resolved.
 */
export class Batcher {
  readonly #options: BatcherOptions;
  #queue: Entry[] = [];
  #runningBatches = 0;
  #flushScheduled = false;
  #cancelTimer: (() => void) | null = null;
  #idleWaiters: (() => void)[] = [];

  /** Of everyone who waits or runs. */
  readonly #deadlines: DeadlineWatch<Entry>;

  constructor(options: BatcherOptions) {
    this.#options = options;
    const passed = (entry: Entry): void =>
      this.#drop(entry, new ServingError('DEADLINE_EXCEEDED', 'The deadline has passed.'));
    this.#deadlines = new DeadlineWatch(options.clock, passed);
  }

  get queuedRows(): number {
    return this.#queue.reduce((sum, entry) => sum + rowsOf(entry.work), 0);
  }

  get runningBatches(): number {
    return this.#runningBatches;
  }

  /** Has work done (rows: at most `limits.maxRows`) together with whoever waits beside it. Rejects with `ServingError` or the engine's error. */
  submit(work: Work, deadlineMs: number, signal?: CancelSignal): Promise<EntryResult> {
    return new Promise((resolve, reject) => {
      const deadlines = this.#deadlines;
      const enqueuedAtMs = this.#options.clock.now();
      const cancel = (): void => this.#drop(entry, new ServingError('CANCELLED', 'The caller has gone.'));
      const entry: Entry = {
        work,
        deadlineMs,
        enqueuedAtMs,
        settle(result) {
          deadlines.remove(entry);
          signal?.removeEventListener('abort', cancel);
          if (result instanceof Error) reject(result);
          else resolve(result);
        },
      };
      signal?.addEventListener('abort', cancel, { once: true });
      deadlines.add(entry);
      this.#queue.push(entry);
      this.#scheduleFlush();
    });
  }

  /** Resolves when nothing waits and nothing runs; no timer is left then. */
  async whenIdle(): Promise<void> {
    if (!this.#isIdle()) await new Promise<void>((resolve) => this.#idleWaiters.push(resolve));
    this.#deadlines.rest();
  }

  #isIdle(): boolean {
    return this.#queue.length === 0 && this.#runningBatches === 0;
  }

  /** Inline engines gather what one event-loop tick brings; a process engine is fed at once. */
  #scheduleFlush(): void {
    if (this.#flushScheduled) return;
    this.#flushScheduled = true;
    const flush = (): void => {
      this.#flushScheduled = false;
      this.#flush();
    };
    if (this.#options.engine.placement === 'inline') this.#options.clock.nextTick(flush);
    else queueMicrotask(flush);
  }

  #flush(): void {
    const { engine, limits, clock } = this.#options;
    this.#cancelTimer?.();
    this.#cancelTimer = null;
    // Through the queue once a batch, not once a request: who expires meanwhile is told by `#deadlines`.
    if (this.#runningBatches < engine.instances) this.#dropLate();
    while (this.#runningBatches < engine.instances) {
      const decision = flushWhen(this.#queue, clock.now(), limits);
      if (!decision.flush) {
        if (decision.atMs !== null) {
          this.#cancelTimer = clock.schedule(() => this.#flush(), decision.atMs - clock.now());
        }
        break;
      }
      void this.#run(this.#take());
    }
    if (this.#isIdle()) for (const wake of this.#idleWaiters.splice(0)) wake();
  }

  /**
   * Answers entries that have expired, and those that would while they run, as long as others can still be in time: a run for
   * nobody makes the next late, too. Where all seem late they run, or a cost learnt in a bad moment would never be corrected.
   */
  #dropLate(): void {
    const { clock, cost } = this.#options;
    const nowMs = clock.now();
    const isLate = ({ deadlineMs, work }: Entry): boolean => nowMs + cost.batchMs(rowsOf(work)) > deadlineMs;
    if (!this.#queue.some(isLate)) return;
    const late = this.#queue.filter(isLate);
    const isHopeless = late.length < this.#queue.length ? isLate : (entry: Entry) => nowMs >= entry.deadlineMs;
    this.#queue = this.#queue.filter((entry) => !isHopeless(entry));
    for (const entry of late.filter(isHopeless))
      entry.settle(new ServingError('DEADLINE_EXCEEDED', 'The deadline would pass before the model had answered.'));
  }

  /** The entries at the head that fit into one batch; a batch is all rows or all tensors. */
  #take(): Entry[] {
    const { maxRows } = this.#options.limits;
    const level = this.#queue[0]?.work.level;
    const taken: Entry[] = [];
    const left: Entry[] = [];
    let rows = 0;
    for (const entry of this.#queue) {
      const isWanted = entry.work.level === level;
      if (isWanted) rows += rowsOf(entry.work);
      if (isWanted && (taken.length === 0 || rows <= maxRows)) taken.push(entry);
      else left.push(entry);
    }
    this.#queue = left;
    return taken;
  }

  async #run(entries: readonly Entry[]): Promise<void> {
    const { engine, clock, onBatch } = this.#options;
    const rows = entries.reduce((sum, entry) => sum + rowsOf(entry.work), 0);
    const startedAtMs = clock.now();
    this.#runningBatches += 1;
    try {
      const result = await runOn(engine, entries);
      onBatch(rows, result, clock.now() - startedAtMs);
      settleEach(entries, result, startedAtMs);
    } catch (error) {
      onBatch(rows, null, clock.now() - startedAtMs);
      const cause = error instanceof Error ? error : new Error(String(error));
      for (const entry of entries) entry.settle(cause);
    } finally {
      this.#runningBatches -= 1;
      this.#flush();
    }
  }

  /** Answers an entry early: out of the queue where it still waits; a batch that already runs goes on without it. */
  #drop(entry: Entry, error: Error): void {
    const index = this.#queue.indexOf(entry);
    if (index >= 0) this.#queue.splice(index, 1);
    entry.settle(error);
  }
}

/** Entries of one level, to the engine as one batch. */
function runOn(engine: Engine, entries: readonly Entry[]): Promise<BatchResult> {
  const deadlineMs = Math.max(...entries.map((entry) => entry.deadlineMs));
  const calls = entries.flatMap(({ work }) => (work.level === 'tensor' ? [work.tensors] : []));
  if (calls.length > 0) return engine.predictTensors(calls, deadlineMs);
  return engine.predict(
    entries.flatMap(({ work }) => (work.level === 'row' ? work.rows : [])),
    deadlineMs,
  );
}

function settleEach(entries: readonly Entry[], result: BatchResult, startedAtMs: number): void {
  const batchRows = entries.reduce((sum, entry) => sum + rowsOf(entry.work), 0);
  let offset = 0;
  for (const entry of entries) {
    entry.settle({
      outcomes: result.outcomes.slice(offset, offset + outcomesOf(entry.work)),
      queueMs: startedAtMs - entry.enqueuedAtMs,
      timing: result.timing,
      batchRows,
    });
    offset += outcomesOf(entry.work);
  }
}

const outcomesOf = (work: Work): number => (work.level === 'row' ? work.rows.length : 1);
