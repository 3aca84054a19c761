import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { pinArguments } from '../cores.ts';
import type { BlockResult, Contender } from './contender.ts';

/** The model itself: its session in a loop, in a process of its own on the server's core, without a server. */
export class RawSessionContender implements Contender {
  readonly name: string;
  readonly #process: ChildProcess;

  private constructor(name: string, child: ChildProcess) {
    this.name = name;
    this.#process = child;
  }

  /** `path`: of a package whose `before` steps decode nothing, or of a bare model. */
  static async start(path: string, name = 'raw session'): Promise<RawSessionContender> {
    const entry = join(import.meta.dirname, '../raw-session-process.ts');
    const node = [process.execPath, '--conditions=@web-single/source', entry, path];
    const [file = '', ...args] = pinArguments('server', ...node);
    const child = spawn(file, args, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    await once(child, 'message');
    return new RawSessionContender(name, child);
  }

  async run(durationMs: number): Promise<BlockResult> {
    this.#process.send(durationMs);
    const [result] = (await once(this.#process, 'message')) as [BlockResult];
    return result;
  }

  async close(): Promise<void> {
    const ended = once(this.#process, 'exit');
    this.#process.disconnect();
    await ended;
  }
}
