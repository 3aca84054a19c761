import type { Clock } from './clock.ts';

interface Watched {
  /** Absolute, monotonic ms. */
  readonly deadlineMs: number;
}

/** Tells of everyone who is still there at their deadline. One timer for all of them, not one each: most are gone long before. */
export class DeadlineWatch<Member extends Watched> {
  readonly #clock: Clock;
  readonly #onPassed: (member: Member) => void;
  readonly #members = new Set<Member>();
  #timer: { readonly atMs: number; readonly cancel: () => void } | null = null;

  constructor(clock: Clock, onPassed: (member: Member) => void) {
    this.#clock = clock;
    this.#onPassed = onPassed;
  }

  add(member: Member): void {
    this.#members.add(member);
    this.#wakeBy(member.deadlineMs);
  }

  remove(member: Member): void {
    this.#members.delete(member);
  }

  /** Lets go of the timer, which would keep a process from ending. It is set again at the next `add`. */
  rest(): void {
    this.#timer?.cancel();
    this.#timer = null;
  }

  #wakeBy(atMs: number): void {
    if (this.#timer !== null && this.#timer.atMs <= atMs) return;
    this.#timer?.cancel();
    this.#timer = { atMs, cancel: this.#clock.schedule(() => this.#wake(), atMs - this.#clock.now()) };
  }

  #wake(): void {
    this.#timer = null;
    const nowMs = this.#clock.now();
    let nextMs = Infinity;
    for (const member of this.#members) {
      if (member.deadlineMs > nowMs) nextMs = Math.min(nextMs, member.deadlineMs);
      else if (this.#members.delete(member)) this.#onPassed(member);
    }
    if (nextMs < Infinity) this.#wakeBy(nextMs);
  }
}
