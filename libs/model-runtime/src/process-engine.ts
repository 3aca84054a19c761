import type { Row } from '@web-single/tensor';
import { EngineError } from './engine-error.ts';
import type { BatchResult, Engine, EngineStatus } from './engine.ts';
import type { EngineChild } from './process/engine-child.ts';
import { EngineInstance } from './process/engine-instance.ts';
import type { InstanceOptions } from './process/engine-instance.ts';
import type { Tensors } from './session/session.ts';
import type { PredictMessage } from './process/message.ts';
import { beforeDeadline, deadlineExceeded, WaitingLine } from './process/waiting-line.ts';

export interface ProcessEngineOptions extends Omit<InstanceOptions, 'onChange'> {
  readonly maxRows: number;
  readonly instances: number;
  /** False where a row's answer depends on the rows beside it. */
  readonly rowsMayShareRuns: boolean;
  /** A process that has loaded the model already; becomes the first instance. */
  readonly first?: EngineChild;
}

/** An engine in child processes: what hangs is killed, what dies is started again, and the caller's thread never runs the model. */
export class ProcessEngine implements Engine {
  readonly placement = 'process';
  readonly maxRows: number;
  readonly instances: number;
  readonly #options: ProcessEngineOptions;
  readonly #instances: readonly EngineInstance[];
  readonly #line: WaitingLine<EngineInstance>;
  #closing: Promise<void> | undefined;
  #downSinceMs: number | undefined;

  constructor(options: ProcessEngineOptions) {
    this.#options = options;
    this.maxRows = options.maxRows;
    this.instances = options.instances;
    this.#line = new WaitingLine(options.clock);
    // The first changes of state happen while the list is still being made.
    let ready = false;
    const instanceOptions = { ...options, onChange: () => ready && this.#onChange() };
    this.#instances = Array.from(
      { length: options.instances },
      (_, index) => new EngineInstance(instanceOptions, index === 0 ? options.first : undefined),
    );
    ready = true;
  }

  predict(rows: readonly Row[], deadlineMs: number): Promise<BatchResult> {
    return this.#runOnIdle({ type: 'predict', rows }, deadlineMs);
  }

  predictTensors(calls: readonly Tensors[], deadlineMs: number): Promise<BatchResult> {
    const maxRows = this.#options.rowsMayShareRuns ? this.maxRows : null;
    return this.#runOnIdle({ type: 'predict-tensors', calls, maxRows }, deadlineMs);
  }

  async #runOnIdle(request: PredictMessage, deadlineMs: number): Promise<BatchResult> {
    if (this.#closing) throw closed();
    if (this.#options.clock.now() >= deadlineMs) throw deadlineExceeded();
    const idle = this.#find('idle');
    if (!idle && !this.#find('busy')) throw restarting();
    if (idle) return this.#run(idle, request, deadlineMs);
    return this.#line.join(deadlineMs, (instance) => this.#run(instance, request, deadlineMs));
  }

  status(): EngineStatus {
    const sum = (count: (instance: EngineInstance) => number): number =>
      this.#instances.reduce((total, instance) => total + count(instance), 0);
    const pid = this.#instances.find((instance) => instance.pid !== undefined)?.pid;
    const isUp = this.#find('idle') ?? this.#find('busy');
    return {
      state: this.#closing ? 'closed' : isUp ? 'ready' : 'restarting',
      restarts: sum(({ restarts }) => restarts),
      crashes: sum(({ crashes }) => crashes),
      hangs: sum(({ hangs }) => hangs),
      ...(pid === undefined ? {} : { pid }),
      ...(this.#downSinceMs === undefined ? {} : { downSinceMs: this.#downSinceMs }),
    };
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    this.#line.rejectAll(closed());
    await Promise.all(this.#instances.map((instance) => instance.close()));
  }

  #run(instance: EngineInstance, request: PredictMessage, deadlineMs: number): Promise<BatchResult> {
    return beforeDeadline(instance.run(request, deadlineMs), deadlineMs, this.#options.clock);
  }

  #find(state: EngineInstance['state']): EngineInstance | undefined {
    return this.#instances.find((instance) => instance.state === state);
  }

  /** An idle instance takes who waits longest; when none is left that could become idle soon, nobody waits. */
  #onChange(): void {
    const idle = this.#find('idle');
    const isUp = idle !== undefined || this.#find('busy') !== undefined;
    this.#downSinceMs = isUp ? undefined : (this.#downSinceMs ?? this.#options.clock.now());
    if (idle) this.#line.serve(idle);
    else if (!isUp) this.#line.rejectAll(restarting());
  }
}

const restarting = (): EngineError =>
  new EngineError(
    'ENGINE_UNAVAILABLE',
    'The engine process ended and is being started again. Repeat the request in a moment.',
  );

const closed = (): EngineError => new EngineError('ENGINE_UNAVAILABLE', 'The engine is closed.');
