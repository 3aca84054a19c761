import type { LoadResult } from './closed-loop.ts';
import type { Lane } from './lane.ts';
import { poissonArrivals } from './poisson-arrivals.ts';
import type { Arrivals } from './poisson-arrivals.ts';

export interface OpenLoadResult extends LoadResult {
  /** Due, and not answered when the time and its grace were over. */
  readonly unanswered: number;
}

/** A queue that has not emptied so long after the last arrival will not be waited for. */
const graceMs = 2_000;

/** Sends requests at the times of a Poisson process, whether or not earlier ones are answered; one without a lane waits, and its wait counts. */
export async function openLoop(lanes: readonly Lane[], load: Arrivals): Promise<OpenLoadResult> {
  const dueMs = poissonArrivals(load);
  const idle = [...lanes];
  const flying = new Set<Promise<void>>();
  const micros: number[] = [];
  let [refused, next] = [0, 0];
  const startMs = performance.now();
  const fly = async (lane: Lane, plannedMs: number): Promise<void> => {
    const isAnswered = await lane.send();
    if (isAnswered) micros.push((performance.now() - plannedMs) * 1_000);
    else refused++;
    idle.push(lane);
  };
  const endMs = startMs + load.durationMs + graceMs;
  let failure: unknown;
  while (next < dueMs.length && performance.now() < endMs && failure === undefined) {
    await untilNext(startMs + dueMs[next]!);
    for (; next < dueMs.length && idle.length > 0 && startMs + dueMs[next]! <= performance.now(); next++) {
      const flight = fly(idle.pop()!, startMs + dueMs[next]!)
        .catch((error: unknown) => void (failure = error))
        .finally(() => flying.delete(flight));
      flying.add(flight);
    }
  }
  await Promise.all(flying);
  if (failure !== undefined) throw failure;
  return { micros, refused, unanswered: dueMs.length - next, seconds: (performance.now() - startMs) / 1_000 };
}

/** Timers are a millisecond coarse: the last two are spent turning the event loop, on a core of our own. */
async function untilNext(timeMs: number): Promise<void> {
  const waitMs = timeMs - performance.now();
  if (waitMs > 3) await new Promise((resolve) => setTimeout(resolve, waitMs - 2));
  else await new Promise((resolve) => setImmediate(resolve));
}
