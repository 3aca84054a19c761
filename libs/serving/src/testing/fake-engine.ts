import { EngineError, type BatchResult, type Engine, type EngineStatus, type Tensors } from '@web-single/model-runtime';
import type { Row } from '@web-single/tensor';
import type { Clock } from '../clock.ts';

export interface FakeEngineOptions {
  readonly clock: Clock;
  readonly maxRows?: number;
  readonly instances?: number;
  readonly placement?: Engine['placement'];
  /** Duration of a run of so many rows. */
  readonly runMs?: (rows: number) => number;
}

/**
 * An engine that doubles `x` of each row: rows with `x < 0` get a problem of their own, a batch with `x === 666` crashes it.
 * Records every batch it was given.
 */
export class FakeEngine implements Engine {
  readonly placement: Engine['placement'];
  readonly maxRows: number;
  readonly instances: number;
  readonly runs: { readonly rows: readonly Row[]; readonly startedAtMs: number }[] = [];
  readonly calls: (readonly Tensors[])[] = [];
  running = 0;
  mostRunning = 0;
  closed = false;
  /** Set by a test: no instance is up since then. */
  downSinceMs: number | undefined;
  readonly #clock: Clock;
  readonly #runMs: (rows: number) => number;

  constructor({ clock, maxRows = 4, instances = 1, placement = 'process', runMs = () => 10 }: FakeEngineOptions) {
    this.#clock = clock;
    this.maxRows = maxRows;
    this.instances = instances;
    this.placement = placement;
    this.#runMs = runMs;
  }

  /** The rows of each run. */
  get batches(): (readonly Row[])[] {
    return this.runs.map(({ rows }) => rows);
  }

  async predict(rows: readonly Row[]): Promise<BatchResult> {
    this.runs.push({ rows, startedAtMs: this.#clock.now() });
    this.running += 1;
    this.mostRunning = Math.max(this.mostRunning, this.running);
    await new Promise<void>((resolve) => this.#clock.schedule(resolve, this.#runMs(rows.length)));
    this.running -= 1;
    if (rows.some((row) => row['x'] === 666))
      throw new EngineError('ENGINE_CRASHED', 'The engine of the model crashed.');
    const outcomes = rows.map((row) => {
      const x = Number(row['x']);
      return x < 0 ? { problem: { field: 'x', expected: 'at least 0', got: String(x) } } : { outputs: { y: 2 * x } };
    });
    return { outcomes, timing: { beforeMs: 1, runMs: 8, afterMs: 1 } };
  }

  /** Gives each call its own tensors back. */
  async predictTensors(calls: readonly Tensors[]): Promise<BatchResult> {
    this.calls.push(calls);
    await new Promise<void>((resolve) => this.#clock.schedule(resolve, this.#runMs(calls.length)));
    return { outcomes: calls.map((outputs) => ({ outputs })), timing: { beforeMs: 0, runMs: 8, afterMs: 0 } };
  }

  status(): EngineStatus {
    const down = this.downSinceMs === undefined ? {} : { downSinceMs: this.downSinceMs };
    return { state: this.closed ? 'closed' : 'ready', restarts: 0, crashes: 0, hangs: 0, ...down };
  }

  close(): Promise<void> {
    this.closed = true;
    return Promise.resolve();
  }
}
