import { HttpConnection } from '../http-connection.ts';
import { poissonArrivals } from '../load/poisson-arrivals.ts';
import type { Arrivals } from '../load/poisson-arrivals.ts';
import { quantile } from '../statistics.ts';

export interface OfferedLoad extends Arrivals {
  readonly port: number;
  /** Whole requests, taken in turn. */
  readonly requests: readonly Uint8Array[];
  /** Open connections; a request waits for one, and the wait counts. */
  readonly connections: number;
}

/** What came of a load. Latencies in ms, from the moment a request was due, so that a slow server hides nothing. */
export interface LoadOutcome {
  readonly ratePerSecond: number;
  readonly answeredPerSecond: number;
  /** Answers with 503, and any other than 200. */
  readonly refused: number;
  readonly failed: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** Sends requests at the times of a Poisson process, whether or not earlier ones are answered. */
export async function offerLoad(load: OfferedLoad): Promise<LoadOutcome> {
  const { port, ratePerSecond, durationMs, connections } = load;
  const idle = await Promise.all(Array.from({ length: connections }, () => HttpConnection.open(port)));
  const all = [...idle];
  const dueMs = poissonArrivals(load);
  const latenciesMs: number[] = [];
  const counts = { sent: 0, answered: 0, refused: 0, failed: 0 };
  const startMs = performance.now();
  const serve = async (connection: HttpConnection): Promise<void> => {
    for (let due = dueMs[counts.sent]; due !== undefined; due = dueMs[counts.sent]) {
      const request = load.requests[counts.sent++ % load.requests.length]!;
      await until(startMs + due);
      const { status } = await connection.send(request).catch(() => ({ status: 0 }));
      latenciesMs.push(performance.now() - startMs - due);
      counts[status === 200 ? 'answered' : status === 503 ? 'refused' : 'failed']++;
    }
  };
  await Promise.all(all.map(serve));
  const tookMs = Math.max(durationMs, performance.now() - startMs);
  for (const connection of all) connection.close();
  return {
    ratePerSecond,
    answeredPerSecond: (counts.answered * 1000) / tookMs,
    refused: counts.refused,
    failed: counts.failed,
    p50Ms: quantile(latenciesMs, 0.5),
    p99Ms: quantile(latenciesMs, 0.99),
  };
}

/** Timers are a millisecond coarse: what is due within it is sent at once. */
async function until(timeMs: number): Promise<void> {
  const waitMs = timeMs - performance.now();
  if (waitMs > 1) await new Promise((resolve) => setTimeout(resolve, waitMs));
}
