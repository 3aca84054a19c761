import type { Lane } from './lane.ts';

export interface LoadResult {
  /** From when a request was due (open loop) or sent (closed), in µs. Of right answers only. */
  readonly micros: readonly number[];
  /** Answers that said no. */
  readonly refused: number;
  readonly seconds: number;
}

/** Each lane sends its next request when the last one is answered. */
export async function closedLoop(lanes: readonly Lane[], durationMs: number): Promise<LoadResult> {
  const micros: number[] = [];
  let refused = 0;
  const startMs = performance.now();
  const loop = async (lane: Lane): Promise<void> => {
    for (let sentMs = performance.now(); sentMs < startMs + durationMs;) {
      const isAnswered = await lane.send();
      const nowMs = performance.now();
      if (isAnswered) micros.push((nowMs - sentMs) * 1_000);
      else refused++;
      sentMs = nowMs;
    }
  };
  await Promise.all(lanes.map(loop));
  return { micros, refused, seconds: (performance.now() - startMs) / 1_000 };
}
