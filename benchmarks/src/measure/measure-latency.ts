import type { Contender } from '../contenders/contender.ts';
import { seededRandom } from '../seeded-random.ts';
import { median } from '../statistics.ts';
import { runBlock } from './block.ts';
import { eachRound, interleave } from './interleave.ts';
import type { Round } from './interleave.ts';
import type { Plan } from './plan.ts';

/** Latency in an open loop: rounds of blocks by what was offered. */
export interface LatencyTable {
  readonly rows: readonly LatencyRow[];
}

export interface LatencyRow {
  /** `60 % of its peak`, `82/s for all`. */
  readonly offered: string;
  readonly rates: ReadonlyMap<string, number>;
  readonly rounds: readonly Round[];
}

/** All bear this share of the slowest one's peak. */
const equalShare = 0.8;

/** Offers each contender shares of its own peak, and all of them one equal rate. */
export async function measureLatency(
  contenders: ReadonlyMap<string, Contender>,
  saturation: ReadonlyMap<number, readonly Round[]>,
  plan: Plan,
  failures: Map<string, string>,
): Promise<LatencyTable> {
  const servers = [...contenders].filter(([, { openLanes }]) => openLanes !== undefined).map(([name]) => name);
  const peaks = new Map(servers.map((name) => [name, peakOf(name, saturation)]));
  const equalRate = Math.min(...peaks.values()) * equalShare;
  const offers = [
    ...plan.peakShares.map((share) => ({
      offered: `${Math.round(share * 100)} % of its peak`,
      rates: new Map([...peaks].map(([name, peak]) => [name, peak * share])),
    })),
    {
      offered: `${equalRate.toFixed(equalRate < 100 ? 1 : 0)}/s for all`,
      rates: new Map(servers.map((name) => [name, equalRate])),
    },
  ];
  const rows: LatencyRow[] = [];
  for (const [index, { offered, rates }] of offers.entries()) {
    const random = seededRandom(index + 1);
    const alive = servers.filter((name) => !failures.has(name));
    const result = await interleave(alive, plan.latencyRounds, (name) =>
      runBlock(contenders.get(name)!, { ratePerSecond: rates.get(name)!, durationMs: plan.latencyBlockMs, random }),
    );
    for (const [name, failure] of result.failures) failures.set(name, failure);
    rows.push({ offered, rates, rounds: result.rounds });
  }
  return { rows };
}

/** The best of its medians over all numbers of connections. */
export function peakOf(name: string, saturation: ReadonlyMap<number, readonly Round[]>): number {
  const medians = [...saturation.values()].map((rounds) =>
    median(eachRound(rounds, [name], (block) => block!.perSecond)),
  );
  return Math.max(...medians.filter(Number.isFinite));
}
