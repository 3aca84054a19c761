import { allConcurrencies } from '../workloads/workload-table.ts';
import type { Workload } from '../workloads/workload.ts';
import type { WarmUp } from './warm-up.ts';

/** How long and how often each workload is measured. */
export interface Plan {
  readonly name: 'short' | 'long';
  readonly rounds: number;
  readonly blockMs: number;
  /** Of a contender, before anything is counted. */
  readonly warmUp: (workload: Workload) => WarmUp;
  /** Of the first block at another number of connections, which is not counted either. */
  readonly newConnectionsMs: number;
  readonly latencyRounds: number;
  readonly latencyBlockMs: number;
  /** Shares of each contender's own peak that are offered in the open loop; one rate for all comes besides. */
  readonly peakShares: readonly number[];
  readonly concurrencies: (workload: Workload) => readonly number[];
  readonly hasLatency: (workload: Workload) => boolean;
}

export const shortPlan: Plan = {
  name: 'short',
  rounds: 5,
  blockMs: 300,
  warmUp: ({ carriage }) => (carriage === 'rows' ? { blockMs: 500, mostMs: 5_000 } : { blockMs: 800, mostMs: 800 }),
  newConnectionsMs: 200,
  latencyRounds: 3,
  latencyBlockMs: 500,
  peakShares: [0.6],
  concurrencies: ({ shortConcurrencies }) => shortConcurrencies,
  hasLatency: ({ shortLatency }) => shortLatency,
};

export const longPlan: Plan = {
  name: 'long',
  rounds: 15,
  blockMs: 3_000,
  warmUp: () => ({ blockMs: 2_000, mostMs: 20_000 }),
  newConnectionsMs: 1_000,
  latencyRounds: 5,
  latencyBlockMs: 5_000,
  peakShares: [0.3, 0.6, 0.8],
  concurrencies: () => allConcurrencies,
  hasLatency: () => true,
};
