import { EngineChild } from './engine-child.ts';
import type { LaunchOptions } from './spawn-child.ts';

/**
 * One engine process that starts before it is known what it will load: a Node and the runtime take some 150 ms, in which a server opens
 * its packages. Goes with this process where nobody takes it.
 */
export class EngineAhead {
  #starting: Promise<EngineChild | undefined> | undefined;

  constructor(starting: Promise<EngineChild>) {
    this.#starting = starting.catch(() => undefined);
  }

  static start(options: LaunchOptions): EngineAhead {
    return new EngineAhead(EngineChild.start(options));
  }

  /** For the first who asks; undefined for all others, and where it could not be started or has ended since. */
  async take(): Promise<EngineChild | undefined> {
    const starting = this.#starting;
    this.#starting = undefined;
    const child = await starting;
    return child?.isGone === true ? undefined : child;
  }
}
