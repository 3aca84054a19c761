/** How long a queue may be long before it counts as standing, ms: a burst is gone sooner, or was served as it came. */
const BURST_MS = 1000;
/** What a standing queue is cut to: this wait, or as many full batches where those take longer. Enough to keep an engine busy. */
const LEAST_TARGET_MS = 100;
const TARGET_BATCHES = 5;
/** So many times the target must have been too long for a caller before it says anything about the others. */
const PATIENCE = 5;

/**
 * Tells a queue that stands from one that a burst left behind. Once patient callers are refused, a longer queue answers nobody more: all
 * it does is make everyone wait, up to their deadlines (CoDel: Nichols and Jacobson, "Controlling Queue Delay", ACM Queue 10(5), 2012).
 * Where nobody is refused it may be as long as callers like: 64 of them, each with one request at a time, all get their answers.
 */
export class StandingQueue {
  #calmAtMs = -Infinity;
  #hasRefused = false;

  /** Whether who comes now, behind so much work, should be refused for the sake of all. */
  isTooLong(aheadMs: number, batchMs: number, nowMs: number): boolean {
    const targetMs = targetOf(batchMs);
    if (aheadMs <= targetMs / 2) this.calmed(nowMs);
    return this.#hasRefused && nowMs - this.#calmAtMs > BURST_MS && aheadMs > targetMs;
  }

  /** Nothing waits, or next to nothing. */
  calmed(nowMs: number): void {
    this.#calmAtMs = nowMs;
    this.#hasRefused = false;
  }

  /** A caller was refused who would have waited so long. One in a hurry says nothing: it is refused when all is well, too. */
  refused(patienceMs: number, batchMs: number): void {
    if (patienceMs >= PATIENCE * targetOf(batchMs)) this.#hasRefused = true;
  }
}

const targetOf = (batchMs: number): number => Math.max(LEAST_TARGET_MS, TARGET_BATCHES * batchMs);
