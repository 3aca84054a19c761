import type { Block } from './block.ts';

/** Blocks of `blockMs`, at most `mostMs` of them, none of which counts. */
export interface WarmUp {
  readonly blockMs: number;
  readonly mostMs: number;
}

/** So many blocks without a gain are no chance. */
const patience = 3;
/** What a block must save to count as a gain. */
const leastGain = 0.03;

/**
 * Loads a contender until its CPU time a request falls no further, at most `mostMs`; returns the last block. V8 compiles what takes 100 µs
 * a request for some 10,000 requests; what is compiled before it starts is steady at once.
 */
export async function warmUp(run: (durationMs: number) => Promise<Block>, { blockMs, mostMs }: WarmUp): Promise<Block> {
  const cpuMicros: number[] = [];
  for (let spentMs = blockMs; ; spentMs += blockMs) {
    const block = await run(blockMs);
    cpuMicros.push(block.cpuMicros);
    if (isSteady(cpuMicros) || spentMs + blockMs > mostMs) return block;
  }
}

/** Whether the last blocks brought no gain over the best before them. */
function isSteady(cpuMicros: readonly number[]): boolean {
  const best = Math.min(...cpuMicros.slice(0, -patience));
  return cpuMicros.length > patience && Math.min(...cpuMicros.slice(-patience)) > best * (1 - leastGain);
}
