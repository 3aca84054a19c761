import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import type { Row, Value } from '@web-single/tensor';
import type { BatchLayout } from '../batch/batch-layout.ts';
import type { Clock } from '../clock.ts';
import type { EngineModel } from '../engine-model.ts';
import { EngineError } from '../engine-error.ts';
import type { BatchResult } from '../engine.ts';
import { createPrivateFolder, removePrivateFolder } from '../session/private-folder.ts';
import type { Calibration } from '../start/calibrate.ts';
import { ModelRefusal } from '../session/model-refusal.ts';
import { Channel } from './channel.ts';
import type { EngineReply, EngineRequest, LoadReport, PredictMessage } from './message.ts';
import { keepTail } from './output-tail.ts';
import { spawnChild } from './spawn-child.ts';
import type { LaunchOptions } from './spawn-child.ts';

/** How an engine process came to its end. */
export interface ChildEnd {
  /** `signal SIGKILL`, `exit code 1`. */
  readonly reason: string;
  /** The last of what it wrote to stderr: for the operator, never for a client. */
  readonly stderrTail: string;
}

interface Pending {
  resolve(reply: EngineReply): void;
  reject(error: Error): void;
}

/** One life of one engine process, from spawn to exit. Requests are answered in order; all that wait reject when it dies. */
export class EngineChild {
  /** Resolves once the process is gone; never rejects. */
  readonly ended: Promise<ChildEnd>;
  readonly #cleaned: Promise<void>;
  readonly #process: ChildProcess;
  readonly #channel: Channel;
  /** In the order of their requests: replies carry no number. */
  readonly #pending: Pending[] = [];
  #isGone = false;

  private constructor(child: ChildProcess, folder: string) {
    this.#process = child;
    const stderrTail = keepTail(child.stderr!);
    keepTail(child.stdout!);
    // Told by `ended`; an error without a listener would end the front.
    child.on('error', () => undefined);
    this.#channel = new Channel(child.stdio[3] as Socket, {
      onMessage: (message) => this.#settle(message as unknown as EngineReply),
      onClose: () => this.kill(),
    });
    this.ended = this.#watch(stderrTail);
    this.#cleaned = this.ended.then(() => removePrivateFolder(folder)).catch(() => undefined);
  }

  /** Starts a process in an empty folder of its own. Rejects with `EngineError` where none can be started. */
  static async start(options: LaunchOptions): Promise<EngineChild> {
    try {
      const folder = createPrivateFolder();
      return new EngineChild(spawnChild(options, folder), folder);
    } catch (cause) {
      throw new EngineError('ENGINE_UNAVAILABLE', 'No engine process could be started.', { cause });
    }
  }

  /** True from the process's end on; `ended` follows at once. */
  get isGone(): boolean {
    return this.#isGone;
  }

  get pid(): number | undefined {
    return this.#process.pid;
  }

  /** Rejects with `ModelRefusal` where the graph cannot be loaded. */
  async load(model: EngineModel, options: { layout?: BatchLayout; sampleRows: readonly Row[] }): Promise<LoadReport> {
    const reply = await this.#ask({ type: 'load', model, ...options });
    if (reply.type === 'refused') throw new ModelRefusal(reply.problems);
    return this.#expect(reply, 'loaded').report;
  }

  predict(rows: readonly Row[]): Promise<BatchResult> {
    return this.run({ type: 'predict', rows });
  }

  async run(request: PredictMessage): Promise<BatchResult> {
    const expected = request.type === 'predict' ? request.rows.length : request.calls.length;
    const { result } = this.#expect(await this.#ask(request), 'result');
    if (Array.isArray(result.outcomes) && result.outcomes.length === expected) return result;
    this.kill();
    throw crashed();
  }

  async calibrate(rows: readonly Row[], mostRows: number): Promise<Calibration> {
    return this.#expect(await this.#ask({ type: 'calibrate', rows, mostRows }), 'calibrated').calibration;
  }

  /** SIGKILL: the only thing that ends a run. */
  kill(): void {
    this.#process.kill('SIGKILL');
  }

  /** Lets the process release its session and exit, kills it after `graceMs`; its folder is gone afterwards. Not during a run. */
  async close(clock: Clock, graceMs: number): Promise<void> {
    const cancel = clock.schedule(() => this.kill(), graceMs);
    if (!this.#isGone) this.#channel.send({ type: 'close' });
    await this.#cleaned;
    cancel();
  }

  #ask(request: EngineRequest): Promise<EngineReply> {
    if (this.#isGone) return Promise.reject(crashed());
    // Before anything is pending: a message that cannot be encoded must not wait for an answer.
    this.#channel.send(request as unknown as Value);
    return new Promise((resolve, reject) => this.#pending.push({ resolve, reject }));
  }

  #settle(reply: EngineReply): void {
    // Its answer says that the memory of its request may be used again: one that has not read all of it must not go on reading.
    if (this.#channel.isSending) return this.kill();
    this.#pending.shift()?.resolve(reply);
  }

  #expect<Type extends EngineReply['type']>(reply: EngineReply, type: Type): Extract<EngineReply, { type: Type }> {
    if (reply.type === type) return reply as Extract<EngineReply, { type: Type }>;
    if (reply.type === 'failed') throw new EngineError('INFERENCE_FAILED', reply.message);
    this.kill();
    throw crashed();
  }

  async #watch(stderrTail: () => string): Promise<ChildEnd> {
    const reason = await once(this.#process, 'exit').then(
      ([code, signal]) => (signal === null ? `exit code ${code}` : `signal ${signal}`),
      () => 'it could not be started',
    );
    this.#isGone = true;
    // A reply that was written before the end may still be on its way through the socket.
    await new Promise((resolve) => setImmediate(resolve));
    for (const { reject } of this.#pending.splice(0)) reject(crashed());
    return { reason, stderrTail: stderrTail() };
  }
}

const crashed = (): EngineError =>
  new EngineError(
    'ENGINE_CRASHED',
    'The engine process ended before it answered. It is started again; repeat the request.',
  );
