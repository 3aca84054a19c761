import { monitorEventLoopDelay } from 'node:perf_hooks';
import { HttpConnection } from '../http-connection.ts';
import { poissonArrivals } from '../load/poisson-arrivals.ts';
import type { Arrivals } from '../load/poisson-arrivals.ts';

export interface Overload extends Arrivals {
  readonly port: number;
  /** Whole requests, taken in turn; each carries its own deadline. */
  readonly requests: readonly Uint8Array[];
  /** Most connections open at once: a request that finds none free is not sent, and counted so. */
  readonly connections: number;
}

export interface OverloadOutcome {
  readonly offered: number;
  /** Came due while every connection was busy. */
  readonly unsent: number;
  readonly failed: number;
  readonly tookMs: number;
  /** How long the generator's own loop was held up at most: the latencies hold as much that is not the server's. */
  readonly ownStallMs: number;
  /** Of requests answered with 200, refused with 503 and given up with 504: from the moment each was sent, ms. */
  readonly answeredMs: readonly number[];
  readonly shedMs: readonly number[];
  readonly expiredMs: readonly number[];
}

/** Sends at the times of a Poisson process, whatever becomes of earlier requests: callers that do not know each other. */
export async function offerOverload(load: Overload): Promise<OverloadOutcome> {
  const times = { answeredMs: [] as number[], shedMs: [] as number[], expiredMs: [] as number[] };
  const counts = { offered: 0, unsent: 0, failed: 0 };
  const free: HttpConnection[] = [];
  const running = new Set<Promise<unknown>>();
  const send = async (request: Uint8Array): Promise<void> => {
    const sentMs = performance.now();
    try {
      const connection = free.pop() ?? (await HttpConnection.open(load.port));
      const { status } = await connection.send(request);
      free.push(connection);
      const list = { 200: times.answeredMs, 503: times.shedMs, 504: times.expiredMs }[status];
      if (list?.push(performance.now() - sentMs) === undefined) counts.failed += 1;
    } catch {
      counts.failed += 1;
    }
  };
  const endStalls = watchOwnStalls();
  const startMs = performance.now();
  for (const dueMs of poissonArrivals(load)) {
    const earlyMs = startMs + dueMs - performance.now();
    if (earlyMs > 1) await sleep(earlyMs);
    // A loop that sends what is overdue must let answers in, or it measures itself.
    else if (counts.offered % 16 === 0) await new Promise((resolve) => setImmediate(resolve));
    const request = load.requests[counts.offered++ % load.requests.length]!;
    if (running.size >= load.connections) {
      counts.unsent += 1;
      continue;
    }
    const sent = send(request).finally(() => running.delete(sent));
    running.add(sent);
  }
  const tookMs = performance.now() - startMs;
  await Promise.all(running);
  const ownStallMs = endStalls();
  for (const connection of free) connection.close();
  return { ...counts, tookMs, ownStallMs, ...times };
}

/** Until the returned function ends it, which says how long this process's loop was held up at most, ms. */
function watchOwnStalls(): () => number {
  const stalls = monitorEventLoopDelay({ resolution: 1 });
  stalls.enable();
  return () => {
    stalls.disable();
    return stalls.max / 1e6;
  };
}

const sleep = (durationMs: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, durationMs));
