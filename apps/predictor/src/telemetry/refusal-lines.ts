import type { Clock } from '@web-single/serving';
import type { Logger } from 'pino';

const PERIOD_MS = 1000;
const NO_MODEL = '_other';

/**
 * Keeps requests shed by the thousand from flooding the log: of those of one second and model the first gets its line, the
 * others are counted, and their number is written when the second ends. Names are those of loaded models, so few.
 */
export class RefusalLines {
  readonly #clock: Pick<Clock, 'schedule'>;
  readonly #log: Pick<Logger, 'warn'>;
  /** By model: refused since its last line. */
  readonly #unwritten = new Map<string, number>();

  constructor(clock: Pick<Clock, 'schedule'>, log: Pick<Logger, 'warn'>) {
    this.#clock = clock;
    this.#log = log;
  }

  /** True where a request that ended with this code gets a line of its own; any but a shed one does. */
  isDue(code: string, model: string = NO_MODEL): boolean {
    if (code !== 'OVERLOADED') return true;
    const unwritten = this.#unwritten.get(model);
    if (unwritten === undefined) this.#clock.schedule(() => this.#end(model), PERIOD_MS);
    this.#unwritten.set(model, unwritten === undefined ? 0 : unwritten + 1);
    return unwritten === undefined;
  }

  /** Writes what is still counted. */
  flush(): void {
    for (const model of this.#unwritten.keys()) this.#end(model);
  }

  #end(model: string): void {
    const count = this.#unwritten.get(model) ?? 0;
    this.#unwritten.delete(model);
    if (count > 0) this.#log.warn({ code: 'OVERLOADED', model, count }, 'more requests refused');
  }
}
