import type { BlockResult, Contender } from './contenders/contender.ts';

export interface BlockPlan {
  readonly rounds: number;
  readonly blockMs: number;
  readonly concurrency: number;
}

/** One block of every contender, taken close together in time: what they are compared by. */
export type Round = Readonly<Record<string, BlockResult>>;

/** Warms every contender up for a block, then runs rounds of one block each, the order turned by one from round to round. */
export async function measureBlocks(contenders: readonly Contender[], plan: BlockPlan): Promise<readonly Round[]> {
  const { rounds, blockMs, concurrency } = plan;
  for (const contender of contenders) await contender.run(blockMs, concurrency);
  const results: Round[] = [];
  for (let round = 0; round < rounds; round++) {
    const blocks: Record<string, BlockResult> = {};
    for (let position = 0; position < contenders.length; position++) {
      const contender = contenders[(round + position) % contenders.length]!;
      blocks[contender.name] = await contender.run(blockMs, concurrency);
    }
    results.push(blocks);
  }
  return results;
}

/** One figure of each round. Throws for a contender that did not take part. */
export function eachRound(
  rounds: readonly Round[],
  names: readonly string[],
  figure: (...blocks: BlockResult[]) => number,
): readonly number[] {
  return rounds.map((round) =>
    figure(
      ...names.map((name) => {
        const block = round[name];
        if (block === undefined) throw new Error(`No block of "${name}".`);
        return block;
      }),
    ),
  );
}
