import { join } from 'node:path';
import { goldenRequests } from '../capacity/golden-requests.ts';
import { positiveNumber, wholeNumber } from '../command-line/option-kinds.ts';
import { readCommandLine } from '../command-line/read-command-line.ts';
import { pinGenerator } from '../cores.ts';
import { offerOverload } from '../overload/offer-overload.ts';
import { predictorCommand, startPinnedServer, workspaceRoot } from '../server-process.ts';
import { quantile } from '../statistics.ts';
import { readVitals, type Vitals } from './server-vitals.ts';
import { slopeOf, type Slope } from './slope.ts';

/**
 * `nx run benchmarks:soak -- --minutes 30`: both demo models under a steady load, a row of vitals a minute, and slopes at the end.
 * Ends with 1 where a request failed, or where it is certain that memory, descriptors or threads grow after the first third.
 */
const values = readCommandLine('benchmarks:soak', {
  // Fewer tell nothing of a slope.
  minutes: wholeNumber('30', { least: 2, most: 1440 }),
  'penguins-rate': positiveNumber('500'),
  'digits-rate': positiveNumber('20'),
});
const { minutes } = values;
const MOST_MB_PER_MINUTE = 0.5;
const MOST_COUNT_PER_MINUTE = 0.2;

const folders = ['penguins', 'digits'].map((name) => join(workspaceRoot, 'models', name));
const { command, environment } = predictorCommand(...folders);
const server = await startPinnedServer({ command, environment: { ...environment, LOG_LEVEL: 'warn' } });
pinGenerator();
const loads = await Promise.all(
  folders.map(async (folder, index) => ({
    requests: await goldenRequests(folder),
    ratePerSecond: [values['penguins-rate'], values['digits-rate']][index]!,
  })),
);
const vitals: Vitals[] = [];
let failed = 0;
say(
  '| minute | answered | shed | failed | p50, p99, max ms | RSS MB | descriptors | threads | stalls over 50, 250 ms |',
);
say('|---|---|---|---|---|---|---|---|---|');
for (let minute = 1; minute <= minutes; minute += 1) await soakMinute(minute);
await server.stop();
conclude();

async function soakMinute(minute: number): Promise<void> {
  const outcomes = await Promise.all(
    loads.map((load) =>
      offerOverload({ ...load, port: server.port, durationMs: 60_000, connections: 200, random: Math.random }),
    ),
  );
  const answeredMs = outcomes.flatMap((outcome) => outcome.answeredMs);
  const sum = (of: (outcome: (typeof outcomes)[number]) => number): number =>
    outcomes.reduce((total, outcome) => total + of(outcome), 0);
  const failures = sum((outcome) => outcome.failed + outcome.expiredMs.length);
  failed += failures;
  const now = await readVitals(server);
  vitals.push(now);
  const latencies = [0.5, 0.99, 1].map((at) => quantile(answeredMs, at).toFixed(1)).join(', ');
  const cells = [
    minute,
    answeredMs.length,
    sum(({ shedMs }) => shedMs.length),
    failures,
    latencies,
    now.rssMb.toFixed(0),
  ];
  say(`| ${[...cells, now.descriptors, now.threads, `${now.stallsOver50Ms}, ${now.stallsOver250Ms}`].join(' | ')} |`);
}

function conclude(): void {
  const settled = vitals.slice(Math.ceil(vitals.length / 3));
  const slope = (of: (one: Vitals) => number): Slope =>
    slopeOf(settled.map((one, minute) => ({ minute, value: of(one) })));
  const growths = {
    MB: slope((one) => one.rssMb),
    descriptors: slope((one) => one.descriptors),
    threads: slope((one) => one.threads),
  };
  const told = Object.entries(growths).map(
    ([unit, { perMinute, atLeast }]) => `${perMinute.toFixed(2)} ${unit} (at least ${atLeast.toFixed(2)})`,
  );
  const most = Math.max(...vitals.map((one) => one.rssMb));
  say(`\nper minute, after the first third: ${told.join(', ')}; most memory ${most.toFixed(0)} MB; ${failed} failed`);
  const { MB, descriptors, threads } = growths;
  const isFlat =
    MB.atLeast < MOST_MB_PER_MINUTE && Math.max(descriptors.atLeast, threads.atLeast) < MOST_COUNT_PER_MINUTE;
  if (failed > 0 || !isFlat) process.exitCode = 1;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
