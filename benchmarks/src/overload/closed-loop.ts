import { HttpConnection } from '../http-connection.ts';

export interface ClosedLoop {
  readonly port: number;
  /** Whole requests, taken in turn. */
  readonly requests: readonly Uint8Array[];
  readonly connections: number;
  readonly durationMs: number;
}

/** How many answers had each status, for connections that send their next request when the last one is answered. */
export async function closedLoop(load: ClosedLoop): Promise<ReadonlyMap<number, number>> {
  const { port, requests, connections } = load;
  const endMs = performance.now() + load.durationMs;
  const counts = new Map<number, number>();
  const work = async (_: unknown, index: number): Promise<void> => {
    const connection = await HttpConnection.open(port);
    for (let sent = index; performance.now() < endMs; sent += connections) {
      const { status } = await connection.send(requests[sent % requests.length]!);
      counts.set(status, (counts.get(status) ?? 0) + 1);
    }
    connection.close();
  };
  await Promise.all(Array.from({ length: connections }, work));
  return counts;
}
