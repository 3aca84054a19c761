import { HttpConnection } from '../http-connection.ts';

const CONNECTIONS = 64;

/** Answers a second in a closed loop of 64 connections, over the second half of `seconds`: the first warms the server up. */
export async function measurePeak(options: {
  readonly port: number;
  readonly requests: readonly Uint8Array[];
  readonly seconds: number;
}): Promise<number> {
  const { port, requests, seconds } = options;
  const startMs = performance.now();
  const [countFromMs, endMs] = [startMs + seconds * 500, startMs + seconds * 1000];
  let answered = 0;
  const work = async (_: unknown, index: number): Promise<void> => {
    const connection = await HttpConnection.open(port);
    for (let sent = index; performance.now() < endMs; sent += CONNECTIONS) {
      const { status } = await connection.send(requests[sent % requests.length]!);
      if (status === 200 && performance.now() > countFromMs) answered += 1;
    }
    connection.close();
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, work));
  return answered / (seconds / 2);
}
