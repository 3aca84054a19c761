import { eachRound } from './measure-blocks.ts';
import type { Round } from './measure-blocks.ts';
import { names } from './measure-serving.ts';
import type { ServingRounds } from './measure-serving.ts';
import { tensorNames } from './measure-tensors.ts';
import type { TensorRounds } from './measure-tensors.ts';
import type { StartTimes } from './start-to-ready.ts';
import { estimate, median } from './statistics.ts';

const { raw, server, echo, echoAgain } = names;

/** The measured part of a results page. */
export function report(starts: StartTimes, serving: ServingRounds, tensors: TensorRounds): readonly string[] {
  return [
    ...startSection(starts),
    ...latencySection(serving.penguins1),
    ...throughputSection({ 8: serving.penguins8, 64: serving.penguins64 }),
    ...digitsSection(serving.digits1),
    ...tensorSection(tensors),
  ];
}

function startSection({ bareNodeMs, serverMs, npmStartMs, choices }: StartTimes): readonly string[] {
  const row = (name: string, times: readonly number[]): string =>
    `| ${name} | ${[median(times), Math.min(...times), Math.max(...times)].map((ms) => ms.toFixed(0)).join(' | ')} | ${(median(times) / median(bareNodeMs)).toFixed(1)} |`;
  const counts = Map.groupBy(choices, (choice) => choice);
  return [
    `## Start to ready (both demo models, ${serverMs.length} starts each, in turn)`,
    '',
    '| | median ms | min | max | × bare Node |',
    '|---|---|---|---|---|',
    row('`node -e 0`', bareNodeMs),
    row('the built server', serverMs),
    row('`npm start`, set up before', npmStartMs),
    '',
    'What calibration chose, and in how many of these starts:',
    '',
    ...[...counts].sort().map(([choice, same]) => `- ${choice}: ${same.length}`),
    '',
  ];
}

function latencySection(rounds: readonly Round[]): readonly string[] {
  const difference = (from: string): string =>
    interval(
      eachRound(rounds, [server, from], (block, bound) => block!.p50Micros - bound!.p50Micros),
      0,
    );
  const control = eachRound(rounds, [echo, echoAgain], (one, other) => one!.p50Micros / other!.p50Micros);
  return [
    '## penguins, one connection',
    '',
    'Closed loop over keep-alive HTTP, one row a request, golden rows in turn, every answer checked.',
    '',
    '| | p50 µs | p99 µs | CPU µs a request |',
    '|---|---|---|---|',
    ...[raw, echo, echoAgain, server].map((name) => latencyRow(rounds, name)),
    '',
    `- Added latency over the raw session, p50: **${difference(raw)} µs**`,
    `- Of it over the Fastify echo, p50: ${difference(echo)} µs`,
    `- A/A control (echo ÷ echo again, p50; void where 1 is outside): ${interval(control, 2)}`,
    '',
  ];
}

function latencyRow(rounds: readonly Round[], name: string): string {
  const columns = [
    eachRound(rounds, [name], (block) => block!.p50Micros),
    eachRound(rounds, [name], (block) => block!.p99Micros),
    eachRound(rounds, [name], (block) => block!.cpuMicros),
  ];
  return `| ${name} | ${columns.map((samples) => interval(samples, 0)).join(' | ')} |`;
}

function throughputSection(roundsByConcurrency: Readonly<Record<number, readonly Round[]>>): readonly string[] {
  return [
    '## penguins, many connections',
    '',
    '| connections | server req/s | echo req/s | server ÷ echo | server p50, p99 µs | CPU µs: server | echo | server − echo |',
    '|---|---|---|---|---|---|---|---|',
    ...Object.entries(roundsByConcurrency).map(([connections, rounds]) => throughputRow(connections, rounds)),
    '',
  ];
}

function throughputRow(connections: string, rounds: readonly Round[]): string {
  const columns: readonly (readonly [readonly number[], number])[] = [
    [eachRound(rounds, [server], (block) => block!.requests / block!.seconds), 0],
    [eachRound(rounds, [echo], (block) => block!.requests / block!.seconds), 0],
    [
      eachRound(
        rounds,
        [server, echo],
        (one, bound) => one!.requests / one!.seconds / (bound!.requests / bound!.seconds),
      ),
      2,
    ],
  ];
  const cpu: readonly (readonly number[])[] = [
    eachRound(rounds, [server], (block) => block!.cpuMicros),
    eachRound(rounds, [echo], (block) => block!.cpuMicros),
    eachRound(rounds, [server, echo], (one, bound) => one!.cpuMicros - bound!.cpuMicros),
  ];
  const latency = [
    eachRound(rounds, [server], (block) => block!.p50Micros),
    eachRound(rounds, [server], (block) => block!.p99Micros),
  ].map((samples) => median(samples).toFixed(0));
  return `| ${[connections, ...columns.map(([samples, digits]) => interval(samples, digits)), latency.join(', '), ...cpu.map((samples) => interval(samples, 0))].join(' | ')} |`;
}

function digitsSection(rounds: readonly Round[]): readonly string[] {
  return [
    '## digits, one connection, golden PNGs as raw bodies',
    '',
    '| | p50 µs | p99 µs | CPU µs a request |',
    '|---|---|---|---|',
    latencyRow(rounds, server),
    '',
  ];
}

function tensorSection({ one, four }: TensorRounds): readonly string[] {
  const share = (rounds: readonly Round[], name: string): string =>
    interval(
      eachRound(
        rounds,
        [name, tensorNames.raw],
        (block, bound) => block!.requests / block!.seconds / (bound!.requests / bound!.seconds),
      ),
      2,
    );
  return [
    '## 600 kB tensor into a 224 x 224 network',
    '',
    'Share of what the session alone does in a loop on the same core; the raw session again is the A/A control.',
    '',
    '| | one at a time | four at a time | p50 ms, one | CPU ms a request, one |',
    '|---|---|---|---|---|',
    ...Object.values(tensorNames).map((name) => {
      const p50 = eachRound(one, [name], (block) => block!.p50Micros / 1_000);
      const cpu = eachRound(one, [name], (block) => block!.cpuMicros / 1_000);
      return `| ${[name, share(one, name), share(four, name), interval(p50, 1), interval(cpu, 1)].join(' | ')} |`;
    }),
    '',
  ];
}

/** `median (low to high)`: of one figure a block, with its bootstrap 95 % interval. */
function interval(samples: readonly number[], digits: number): string {
  const { median: middle, low, high } = estimate(samples);
  return `${middle.toFixed(digits)} (${low.toFixed(digits)} to ${high.toFixed(digits)})`;
}
