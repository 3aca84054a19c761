import type { Clock } from '../clock.ts';
import type { EngineChild } from './engine-child.ts';
import { watchMemory } from './memory-watch.ts';

export interface GuardOptions {
  readonly timeoutMs: number;
  readonly maxRssBytes: number;
  readonly clock: Clock;
}

/** Kills a process that takes too long or too much memory, until released: the limits of everything done before it serves. */
export const guardChild = (
  child: EngineChild,
  { timeoutMs, maxRssBytes, clock }: GuardOptions,
): { isLate(): boolean; release(): void } => {
  let late = false;
  const cancel = clock.schedule(() => {
    late = true;
    child.kill();
  }, timeoutMs);
  const stop =
    child.pid === undefined ? () => undefined : watchMemory(child.pid, maxRssBytes, clock, () => child.kill());
  return {
    isLate: () => late,
    release() {
      cancel();
      stop();
    },
  };
};
