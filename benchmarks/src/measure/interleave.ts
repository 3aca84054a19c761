import type { Block } from './block.ts';

/** One block of every contender, taken close together in time: what they are compared by. */
export type Round = ReadonlyMap<string, Block>;

/**
 * Rounds of one block each, the order turned by one from round to round. Who fails leaves the rounds that follow, and is named
 * with what it said.
 */
export async function interleave(
  names: readonly string[],
  roundCount: number,
  run: (name: string) => Promise<Block>,
): Promise<{ readonly rounds: readonly Round[]; readonly failures: ReadonlyMap<string, string> }> {
  const rounds: Round[] = [];
  const failures = new Map<string, string>();
  for (let round = 0; round < roundCount; round++) {
    const blocks = new Map<string, Block>();
    for (let position = 0; position < names.length; position++) {
      const name = names[(round + position) % names.length]!;
      if (failures.has(name)) continue;
      try {
        blocks.set(name, await run(name));
      } catch (error) {
        failures.set(name, (error as Error).message);
      }
    }
    rounds.push(blocks);
  }
  return { rounds, failures };
}

/** One figure of each round in which all of `names` took part. */
export function eachRound(
  rounds: readonly Round[],
  names: readonly string[],
  figure: (...blocks: Block[]) => number,
): readonly number[] {
  return rounds.flatMap((round) => {
    const blocks = names.flatMap((name) => round.get(name) ?? []);
    return blocks.length === names.length ? [figure(...blocks)] : [];
  });
}
