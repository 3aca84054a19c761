import { eachRound } from '../measure/interleave.ts';
import type { Round } from '../measure/interleave.ts';
import type { Block } from '../measure/block.ts';
import { estimate } from '../statistics.ts';
import type { Estimate } from '../statistics.ts';

/** Rounds in which the host took more than this away say more about the host. */
const stolenLimit = 0.02;
/** Fewer than this are not enough for a median: then all are kept. */
const fewestRounds = 3;

/** Rounds without the ones that were disturbed; all of them where too few would be left. */
export function quietRounds(rounds: readonly Round[]): readonly Round[] {
  const quiet = rounds.filter((round) => [...round.values()].every(({ stolenShare }) => stolenShare <= stolenLimit));
  return quiet.length >= fewestRounds ? quiet : rounds;
}

export function figureOf(rounds: readonly Round[], name: string, figure: (block: Block) => number): Estimate {
  return estimate(eachRound(quietRounds(rounds), [name], (block) => figure(block!)));
}

/** Of the rates of two in the same round. */
export function ratioOf(rounds: readonly Round[], name: string, bound: string): Estimate {
  return estimate(eachRound(quietRounds(rounds), [name, bound], (one, other) => one!.perSecond / other!.perSecond));
}

/** `median (low to high)`, with the bootstrap 95 % interval; a dash where nothing was measured. */
export function interval({ median, low, high, blocks }: Estimate, digits: number): string {
  if (blocks === 0 || Number.isNaN(median)) return '–';
  return `${median.toFixed(digits)} (${low.toFixed(digits)} to ${high.toFixed(digits)})`;
}

/** As many digits as a reader can use. */
export function digitsFor(value: number): number {
  return value >= 100 ? 0 : value >= 10 ? 1 : 2;
}

export function rateText(perSecond: number): string {
  return perSecond.toFixed(digitsFor(perSecond));
}
