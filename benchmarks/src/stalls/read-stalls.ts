/** By upper bound in seconds as the server prints it (`0.05`, `+Inf`): stalls of the front's loop so far, the shorter ones included. */
export type Stalls = ReadonlyMap<string, number>;

/** The server's own histogram, from `/metrics`. */
export async function readStalls(port: number): Promise<Stalls> {
  const metrics = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  const buckets = metrics.matchAll(/^web_single_loop_stall_seconds_bucket\{le="([^"]+)"\} (\d+)$/gm);
  return new Map([...buckets].map(([, upTo = '', count]) => [upTo, Number(count)]));
}

/** Stalls over so many seconds, one of the histogram's bounds. */
export function stallsOver(stalls: Stalls, bound: string): number {
  return (stalls.get('+Inf') ?? NaN) - (stalls.get(bound) ?? NaN);
}

/** The least bound in ms that no stall between two readings went over; `Infinity` where one was over the last. */
export function longestBetween(before: Stalls, after: Stalls): number {
  const bound = [...after.keys()].find((upTo) => stallsOver(after, upTo) === stallsOver(before, upTo));
  return Number(bound?.replace('+Inf', 'Infinity')) * 1000;
}
