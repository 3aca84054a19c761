import type { LatencyTable } from '../measure/measure-latency.ts';
import { figureOf, interval, rateText } from './figures.ts';

/** Markdown of the open loop: p50 and p99 from when a request was due. */
export function latencySection(names: readonly string[], { rows }: LatencyTable): readonly string[] {
  return rows.flatMap(({ offered, rates, rounds }) => [
    `### Latency, open loop, ${offered}`,
    '',
    '| | offered/s | p50 µs | p99 µs | CPU µs a request | refused or late |',
    '|---|---|---|---|---|---|',
    ...names
      .filter((name) => rates.has(name))
      .map((name) => {
        const columns = [
          name,
          rateText(rates.get(name)!),
          interval(
            figureOf(rounds, name, ({ p50Micros }) => p50Micros),
            0,
          ),
          interval(
            figureOf(rounds, name, ({ p99Micros }) => p99Micros),
            0,
          ),
          interval(
            figureOf(rounds, name, ({ cpuMicros }) => cpuMicros),
            0,
          ),
          rounds.reduce((sum, round) => sum + (round.get(name)?.refused ?? 0), 0),
        ];
        return `| ${columns.join(' | ')} |`;
      }),
    '',
  ]);
}
