import { allConcurrencies } from '../workloads/workload-table.ts';
import type { Workload } from '../workloads/workload.ts';

/** How long and how often each workload is measured. */
export interface Plan {
  readonly name: 'short' | 'long';
  readonly rounds: number;
  readonly blockMs: number;
  /**
   * The first block of a contender, which is not counted: V8 compiles what takes 100 µs a request for some 10,000 of them. And
   * the first at another number of connections.
   */
  readonly firstWarmUpMs: (workload: Workload) => number;
  readonly warmUpMs: number;
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
  firstWarmUpMs: ({ carriage }) => (carriage === 'rows' ? 2_500 : 800),
  warmUpMs: 200,
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
  firstWarmUpMs: () => 5_000,
  warmUpMs: 1_000,
  latencyRounds: 5,
  latencyBlockMs: 5_000,
  peakShares: [0.3, 0.6, 0.8],
  concurrencies: () => allConcurrencies,
  hasLatency: () => true,
};
