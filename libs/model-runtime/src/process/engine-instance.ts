import type { Clock } from '../clock.ts';
import { EngineError } from '../engine-error.ts';
import type { EngineEvent } from '../engine-event.ts';
import type { BatchResult } from '../engine.ts';
import { backOffMs } from './back-off.ts';
import type { EngineChild } from './engine-child.ts';
import { watchMemory } from './memory-watch.ts';
import type { PredictMessage } from './message.ts';
import { rowsOfCall } from '../batch/run-calls.ts';

export interface InstanceOptions {
  /** Starts a process and loads the model in it. */
  launch(): Promise<EngineChild>;
  /** How long a batch of `rows` may run once its caller has given up; up to `runTimeoutMs`. */
  patienceMs(rows: number): number;
  readonly runTimeoutMs: number;
  readonly maxRssBytes: number;
  readonly clock: Clock;
  /** In [0, 1). */
  random(): number;
  emit(event: EngineEvent): void;
  /** After every change of `state`. */
  onChange(): void;
}

/** A process that has served this long is healthy: its next death is the first of a row again. */
const healthyAfterMs = 60_000;
const closeGraceMs = 2_000;

/** One place for an engine process: runs one batch at a time, kills what hangs, starts anew what dies. */
export class EngineInstance {
  state: 'idle' | 'busy' | 'restarting' | 'closed' = 'restarting';
  crashes = 0;
  hangs = 0;
  restarts = 0;
  readonly #options: InstanceOptions;
  #child: EngineChild | undefined;
  /** The process killed for a hang: its end is not a crash. */
  #expectedEnd: EngineChild | undefined;
  #readySinceMs = 0;
  /** Deaths and failed starts in a row. */
  #deaths = 0;
  #running: Promise<unknown> = Promise.resolve();
  #starting: Promise<void> = Promise.resolve();
  #cancelStart = (): void => undefined;
  #stopWatch = (): void => undefined;

  /** Starts with a process that is loaded already, or by launching one. */
  constructor(options: InstanceOptions, child?: EngineChild) {
    this.#options = options;
    if (child) this.#adopt(child);
    else this.#start();
  }

  get pid(): number | undefined {
    return this.state === 'idle' || this.state === 'busy' ? this.#child?.pid : undefined;
  }

  /** Only while `idle`. Rejects with `ENGINE_CRASHED`, or `DEADLINE_EXCEEDED` where the run had to be killed. */
  run(request: PredictMessage, deadlineMs: number): Promise<BatchResult> {
    const running = this.#run(request, deadlineMs);
    this.#running = running.catch(() => undefined);
    return running;
  }

  async #run(request: PredictMessage, deadlineMs: number): Promise<BatchResult> {
    const child = this.#child;
    if (this.state !== 'idle' || !child) throw new Error('This is a bug: a batch for an instance that is not idle.');
    this.#enter('busy');
    const watchdog = this.#startWatchdog(child, rowsOf(request), deadlineMs);
    try {
      return await child.run(request);
    } catch (error) {
      if (!watchdog.hasKilled()) throw error;
      throw new EngineError(
        'DEADLINE_EXCEEDED',
        'The model did not answer in time. Its process was ended and is started again.',
        { cause: error },
      );
    } finally {
      watchdog.cancel();
      if (!child.isGone) this.#enter('idle');
    }
  }

  /**
   * Kills a hung run: at `runTimeoutMs`, or when its caller has given up and it is past its patience already. A caller's
   * short deadline alone kills nothing, or anybody could take the engine from all others.
   */
  #startWatchdog(child: EngineChild, rows: number, deadlineMs: number): { cancel(): void; hasKilled(): boolean } {
    const { clock, runTimeoutMs, patienceMs, emit } = this.#options;
    const startMs = clock.now();
    const untilMs = Math.min(runTimeoutMs, Math.max(deadlineMs - startMs, patienceMs(rows)));
    let killed = false;
    const cancel = clock.schedule(() => {
      killed = true;
      this.hangs++;
      this.#expectedEnd = child;
      emit({ type: 'hung', ...pidOf(child), ranMs: clock.now() - startMs });
      child.kill();
    }, untilMs);
    return { cancel, hasKilled: () => killed };
  }

  #adopt(child: EngineChild): void {
    const { clock, emit, maxRssBytes } = this.#options;
    this.#child = child;
    this.#readySinceMs = clock.now();
    if (child.pid !== undefined) {
      this.#stopWatch = watchMemory(child.pid, maxRssBytes, clock, (rssBytes) => {
        emit({ type: 'over-memory', ...pidOf(child), rssBytes });
        child.kill();
      });
    }
    void child.ended.then(({ reason, stderrTail }) => {
      if (this.state === 'closed') return;
      if (this.#expectedEnd !== child) {
        this.crashes++;
        emit({ type: 'crashed', ...pidOf(child), reason, stderrTail });
      }
      if (clock.now() - this.#readySinceMs > healthyAfterMs) this.#deaths = 0;
      this.#restart();
    });
    this.#enter('idle');
  }

  #restart(): void {
    const { clock, emit, random } = this.#options;
    this.#stopWatch();
    this.#deaths++;
    const delayMs = backOffMs(this.#deaths, random());
    emit({ type: 'restarting', delayMs, deaths: this.#deaths });
    this.#cancelStart = clock.schedule(() => this.#start(), delayMs);
    this.#enter('restarting');
  }

  #start(): void {
    const { clock, emit, launch } = this.#options;
    const startMs = clock.now();
    this.#starting = launch().then(
      (child) => {
        if (this.state === 'closed') return child.close(clock, 0);
        this.restarts += this.#child ? 1 : 0;
        emit({ type: 'started', ...pidOf(child), tookMs: clock.now() - startMs });
        this.#adopt(child);
        return undefined;
      },
      () => {
        if (this.state !== 'closed') this.#restart();
      },
    );
  }

  #enter(state: EngineInstance['state']): void {
    if (this.state === 'closed') return;
    this.state = state;
    this.#options.onChange();
  }

  /** Waits for the batch that runs, then ends the process. */
  async close(): Promise<void> {
    await this.#running;
    this.#enter('closed');
    this.#cancelStart();
    this.#stopWatch();
    await this.#starting;
    await this.#child?.close(this.#options.clock, closeGraceMs);
  }
}

const rowsOf = (request: PredictMessage): number =>
  request.type === 'predict' ? request.rows.length : request.calls.reduce((rows, call) => rows + rowsOfCall(call), 0);

const pidOf = ({ pid }: EngineChild): { pid?: number } => (pid === undefined ? {} : { pid });
