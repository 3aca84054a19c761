import type { Block } from '../measure/block.ts';

/** A quiet block, with what the test is about. */
export function anyBlock(facts: Partial<Block>): Block {
  const quiet = { perSecond: 100, p50Micros: 10, p99Micros: 20, cpuMicros: 5, refused: 0 };
  return { ...quiet, generatorShare: 0.1, stolenShare: 0, ...facts };
}
