export interface RequestTurnsOptions {
  /** Calls back in the event loop's next turn, others' events between. Default: `setImmediate`. */
  readonly nextTurn?: (callback: () => void) => unknown;
  /** Monotonic, ms. */
  readonly now?: () => number;
  readonly turnMs?: number;
}

/** With as much for reading the heads of those that wait, a probe is still answered within 50 ms. */
const TURN_MS = 10;
/** What the last turn tells of the next. */
const LEARNING_RATE = 0.3;

/**
 * Lets predictions go on for some milliseconds of a turn of the event loop, the others in later turns, in order. Hundreds may have
 * arrived at once, most of them to be refused: probes and the answers of engines, which do not come here, are not kept waiting by them.
 */
export class RequestTurns {
  readonly #nextTurn: (callback: () => void) => unknown;
  readonly #now: () => number;
  readonly #turnMs: number;
  readonly #waiting: (() => void)[] = [];
  /** Of those that waited, between one and the next, turns of others included; learnt. */
  #msEach = 0.1;
  /** When the last of them went on, or the first began to wait. */
  #sinceMs = 0;
  /** Of this turn; `null` before its first request. */
  #endsAtMs: number | null = null;
  #isDue = false;

  constructor({ nextTurn = setImmediate, now = () => performance.now(), turnMs = TURN_MS }: RequestTurnsOptions = {}) {
    this.#nextTurn = nextTurn;
    this.#now = now;
    this.#turnMs = turnMs;
  }

  /** Until one that comes now could go on, as far as those before it tell. */
  get waitMs(): number {
    return this.#waiting.length * this.#msEach;
  }

  /** Calls `goOn`: at once where this turn has time for it, at `nowMs`. While anybody waits it has none. */
  take(nowMs: number, goOn: () => void): void {
    this.#endsAtMs ??= nowMs + this.#turnMs;
    this.#callBack();
    if (nowMs < this.#endsAtMs) return goOn();
    if (this.#waiting.length === 0) this.#sinceMs = nowMs;
    this.#waiting.push(goOn);
  }

  readonly #turn = (): void => {
    this.#isDue = false;
    if (this.#waiting.length > 0) this.#letOn();
    if (this.#waiting.length > 0) this.#callBack();
    else this.#endsAtMs = null;
  };

  #letOn(): void {
    const endsAtMs = this.#now() + this.#turnMs;
    let nowMs: number;
    let count = 0;
    do {
      this.#waiting.shift()!();
      count += 1;
      nowMs = this.#now();
    } while (this.#waiting.length > 0 && nowMs < endsAtMs);
    this.#msEach += LEARNING_RATE * ((nowMs - this.#sinceMs) / count - this.#msEach);
    this.#sinceMs = nowMs;
  }

  #callBack(): void {
    if (this.#isDue) return;
    this.#isDue = true;
    this.#nextTurn(this.#turn);
  }
}
