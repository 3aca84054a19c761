import type { BatchResult, Engine } from '@web-single/model-runtime';
import type { Row } from '@web-single/tensor';
import type { Clock } from './clock.ts';
import type { Entry, EntryResult } from './entry.ts';
import { flushWhen, type FlushLimits } from './flush-policy.ts';
import { ServingError } from './serving-error.ts';

export interface BatcherOptions {
  readonly engine: Engine;
  readonly limits: FlushLimits;
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

  constructor(options: BatcherOptions) {
    this.#options = options;
  }

  get queuedRows(): number {
    return this.#queue.reduce((sum, entry) => sum + entry.rows.length, 0);
  }

  get runningBatches(): number {
    return this.#runningBatches;
  }

  /** Predicts `rows` (at most `limits.maxRows`) together with whoever waits beside them. Rejects with `ServingError` or the engine's error. */
  submit(rows: readonly Row[], deadlineMs: number, signal?: AbortSignal): Promise<EntryResult> {
    return new Promise((resolve, reject) => {
      const { clock } = this.#options;
      const enqueuedAtMs = clock.now();
      const cancel = (): void => this.#drop(entry, new ServingError('CANCELLED', 'The caller has gone.'));
      const expire = (): void => this.#drop(entry, new ServingError('DEADLINE_EXCEEDED', 'The deadline has passed.'));
      const stopTimer = clock.schedule(expire, deadlineMs - enqueuedAtMs);
      const entry: Entry = {
        rows,
        deadlineMs,
        enqueuedAtMs,
        settle(result) {
          stopTimer();
          signal?.removeEventListener('abort', cancel);
          if (result instanceof Error) reject(result);
          else resolve(result);
        },
      };
      signal?.addEventListener('abort', cancel, { once: true });
      this.#queue.push(entry);
      this.#scheduleFlush();
    });
  }

  /** Resolves when nothing waits and nothing runs. */
  whenIdle(): Promise<void> {
    if (this.#isIdle()) return Promise.resolve();
    return new Promise((resolve) => this.#idleWaiters.push(resolve));
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

  #take(): Entry[] {
    let rows = 0;
    let count = 0;
    for (const entry of this.#queue) {
      if (count > 0 && rows + entry.rows.length > this.#options.limits.maxRows) break;
      rows += entry.rows.length;
      count += 1;
    }
    return this.#queue.splice(0, count);
  }

  async #run(entries: readonly Entry[]): Promise<void> {
    const { engine, clock, onBatch } = this.#options;
    const rows = entries.flatMap((entry) => entry.rows);
    const startedAtMs = clock.now();
    this.#runningBatches += 1;
    try {
      const result = await engine.predict(rows, Math.max(...entries.map((entry) => entry.deadlineMs)));
      onBatch(rows.length, result, clock.now() - startedAtMs);
      settleEach(entries, result, startedAtMs);
    } catch (error) {
      onBatch(rows.length, null, clock.now() - startedAtMs);
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

function settleEach(entries: readonly Entry[], result: BatchResult, startedAtMs: number): void {
  let offset = 0;
  for (const entry of entries) {
    entry.settle({
      outcomes: result.outcomes.slice(offset, offset + entry.rows.length),
      queueMs: startedAtMs - entry.enqueuedAtMs,
      timing: result.timing,
      batchRows: result.outcomes.length,
    });
    offset += entry.rows.length;
  }
}
