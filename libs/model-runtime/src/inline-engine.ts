import type { Row } from '@web-single/tensor';
import type { Clock } from './clock.ts';
import { EngineError } from './engine-error.ts';
import type { BatchResult, Engine, EngineStatus } from './engine.ts';
import type { LoadedModel } from './loaded-model.ts';
import type { Tensors } from './session/session.ts';

export interface InlineEngineOptions {
  /** The engine owns it from here on, and releases it at `close`. */
  readonly loaded: LoadedModel;
  readonly maxRows: number;
  /** False where a row's answer depends on the rows beside it. */
  readonly rowsMayShareRuns: boolean;
  readonly clock: Clock;
}

/** An engine on the caller's own thread: for models whose slowest batch is too short for anybody to notice. */
export class InlineEngine implements Engine {
  readonly placement = 'inline';
  readonly instances = 1;
  readonly maxRows: number;
  readonly #loaded: LoadedModel;
  readonly #rowsMayShareRuns: boolean;
  readonly #clock: Clock;
  /** Batches that have not answered; the session is released only when this is empty. */
  readonly #running = new Set<Promise<BatchResult>>();
  #closing: Promise<void> | undefined;

  constructor({ loaded, maxRows, rowsMayShareRuns, clock }: InlineEngineOptions) {
    this.#loaded = loaded;
    this.#rowsMayShareRuns = rowsMayShareRuns;
    this.maxRows = maxRows;
    this.#clock = clock;
  }

  predict(rows: readonly Row[], deadlineMs: number): Promise<BatchResult> {
    return this.#run(() => this.#loaded.runBatch(rows), deadlineMs);
  }

  predictTensors(calls: readonly Tensors[], deadlineMs: number): Promise<BatchResult> {
    const maxRows = this.#rowsMayShareRuns ? this.maxRows : null;
    return this.#run(() => this.#loaded.runCalls(calls, maxRows), deadlineMs);
  }

  async #run(start: () => Promise<BatchResult>, deadlineMs: number): Promise<BatchResult> {
    if (this.#closing) throw new EngineError('ENGINE_UNAVAILABLE', 'The engine is closed.');
    this.#requireTime(deadlineMs);
    const run = start();
    this.#running.add(run);
    try {
      const result = await run;
      this.#requireTime(deadlineMs);
      return result;
    } finally {
      this.#running.delete(run);
    }
  }

  status(): EngineStatus {
    return { state: this.#closing ? 'closed' : 'ready', restarts: 0, crashes: 0, hangs: 0 };
  }

  close(): Promise<void> {
    this.#closing ??= this.#release();
    return this.#closing;
  }

  async #release(): Promise<void> {
    await Promise.allSettled(this.#running);
    await this.#loaded.release();
  }

  #requireTime(deadlineMs: number): void {
    if (this.#clock.now() < deadlineMs) return;
    throw new EngineError('DEADLINE_EXCEEDED', 'The deadline passed before the batch was answered.');
  }
}
