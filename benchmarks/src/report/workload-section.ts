import type { WorkloadResult } from '../measure/measure-workload.ts';
import { peakOf } from '../measure/measure-latency.ts';
import type { Round } from '../measure/interleave.ts';
import { batchLimit, floor, limit, ours, oursAgain } from '../contenders/contender-names.ts';
import { digitsFor, figureOf, interval, quietRounds, ratioOf } from './figures.ts';
import { latencySection } from './latency-section.ts';

/** A generator that used more of its core than this was the bottleneck. */
const busyShare = 0.9;

/** Markdown of one workload: saturation by number of connections, then latency, memory and what failed. */
export function workloadSection(result: WorkloadResult): readonly string[] {
  const { workload, saturation, failures } = result;
  return [
    `## ${workload.name}: ${workload.title}`,
    '',
    ...[...saturation].reverse().flatMap(([concurrency, rounds]) => saturationTable(result, concurrency, rounds)),
    ...(result.latency ? latencySection(result.names, result.latency) : []),
    ...memoryTable(result),
    ...[...failures].map(([name, failure]) => `- **${name} failed**: ${failure.replaceAll('\n', ' ').slice(0, 500)}`),
    ...(failures.size > 0 ? [''] : []),
  ];
}

function saturationTable(
  { names, workload }: WorkloadResult,
  concurrency: number,
  rounds: readonly Round[],
): readonly string[] {
  const head = ['', 'requests/s', `÷ ${ours}`, `÷ ${limit}`, 'p50 µs', 'CPU µs a request', 'refused', 'generator busy'];
  return [
    `### Saturation, ${concurrency} ${concurrency === 1 ? 'connection' : 'connections'}`,
    '',
    `| ${head.join(' | ')} |`,
    `|${'---|'.repeat(head.length)}`,
    ...names.map((name) => saturationRow(rounds, name)),
    '',
    ...controlLine(names, rounds),
    ...ratioLine(names, rounds, floor),
    ...ratioLine(names, rounds, batchLimit),
    ...addedLatency(names, concurrency, rounds),
    ...(workload.rowsPerRequest > 1 ? [`- ${workload.rowsPerRequest} rows a request`] : []),
    ...discardedLine(rounds),
    '',
  ];
}

function saturationRow(rounds: readonly Round[], name: string): string {
  const rate = figureOf(rounds, name, ({ perSecond }) => perSecond);
  const busy = figureOf(rounds, name, ({ generatorShare }) => generatorShare).median;
  const refused = rounds.reduce((sum, round) => sum + (round.get(name)?.refused ?? 0), 0);
  const columns = [
    name,
    interval(rate, digitsFor(rate.median)),
    interval(ratioOf(rounds, name, ours), 2),
    interval(ratioOf(rounds, name, limit), 2),
    interval(
      figureOf(rounds, name, ({ p50Micros }) => p50Micros),
      0,
    ),
    interval(
      figureOf(rounds, name, ({ cpuMicros }) => cpuMicros),
      0,
    ),
    String(refused),
    name === limit || Number.isNaN(busy)
      ? '–'
      : `${(busy * 100).toFixed(0)} %${busy > busyShare ? ' (the bottleneck)' : ''}`,
  ];
  return `| ${columns.join(' | ')} |`;
}

function controlLine(names: readonly string[], rounds: readonly Round[]): readonly string[] {
  if (!names.includes(ours) || !names.includes(oursAgain)) return [];
  const control = ratioOf(rounds, oursAgain, ours);
  const isVoid = control.low > 1 || control.high < 1;
  const verdict = isVoid ? '**outside of 1: differences of this size are noise here**' : 'holds 1';
  return [`- A/A control (${oursAgain} ÷ ${ours}): ${interval(control, 2)}, ${verdict}`];
}

function ratioLine(names: readonly string[], rounds: readonly Round[], bound: string): readonly string[] {
  if (!names.includes(ours) || !names.includes(bound)) return [];
  return [`- ${ours} ÷ ${bound}: ${interval(ratioOf(rounds, ours, bound), 2)}`];
}

/** What a server adds to a run of the model alone, seen by one caller at a time. */
function addedLatency(names: readonly string[], concurrency: number, rounds: readonly Round[]): readonly string[] {
  if (concurrency !== 1 || !names.includes(limit) || !names.includes(ours)) return [];
  const p50 = (name: string): number => figureOf(rounds, name, ({ p50Micros }) => p50Micros).median;
  return [`- Added latency of ${ours} over the ${limit}, p50: **${(p50(ours) - p50(limit)).toFixed(0)} µs**`];
}

function discardedLine(rounds: readonly Round[]): readonly string[] {
  const kept = quietRounds(rounds).length;
  if (kept < rounds.length)
    return [`- ${rounds.length - kept} of ${rounds.length} rounds left out: the host took time away`];
  const disturbed = rounds.filter((round) => [...round.values()].some(({ stolenShare }) => stolenShare > 0.02)).length;
  return disturbed === 0
    ? []
    : [`- in ${disturbed} of ${rounds.length} rounds the host took time away; too few were quiet to leave them out`];
}

function memoryTable({ names, peakMemoryBytes, readyMs, saturation, choices }: WorkloadResult): readonly string[] {
  return [
    '### Peak, memory, start',
    '',
    '| | best requests/s | peak memory MiB | start to first right answer s |',
    '|---|---|---|---|',
    ...names.map((name) => {
      const peak = peakOf(name, saturation);
      const memory = (peakMemoryBytes.get(name) ?? NaN) / 2 ** 20;
      const ready = (readyMs.get(name) ?? NaN) / 1_000;
      const cells = [Number.isFinite(peak) ? peak.toFixed(digitsFor(peak)) : '–', text(memory, 0), text(ready, 2)];
      return `| ${[name, ...cells].join(' | ')} |`;
    }),
    '',
    ...[...choices].flatMap(([name, chosen]) => chosen.map((choice) => `- ${name} chose for ${choice}`)),
    '',
  ];
}

function text(value: number, digits: number): string {
  return Number.isNaN(value) ? '–' : value.toFixed(digits);
}
