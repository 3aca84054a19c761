import type { StartTimes } from '../start-to-ready.ts';
import { median } from '../statistics.ts';

/** Markdown of the starts. */
export function startsSection({ bareNodeMs, serverMs, npmStartMs, choices }: StartTimes): readonly string[] {
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
