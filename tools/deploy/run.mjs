/**
 * Proves the chart and the descriptors under deploy/ with the real helm, strict schemas and assertions against what the image
 * needs. Usage: run.mjs [--odd <count>] [--seed <number>]. Missing tools are installed under tmp/, or fail the run.
 */
import { parseArgs } from 'node:util';
import { createReport } from './report.mjs';
import { chartStage } from './stages/chart.mjs';
import { descriptorsStage } from './stages/descriptors.mjs';
import { oddValuesStage } from './stages/odd-values.mjs';
import { servedStage } from './stages/served.mjs';

const { values } = parseArgs({
  options: { odd: { type: 'string', default: '60' }, seed: { type: 'string', default: '1' } },
});
const report = createReport();
const stages = {
  chart: chartStage,
  descriptors: descriptorsStage,
  'odd values': (to) => oddValuesStage(to, { count: Number(values.odd), seed: Number(values.seed) }),
  served: servedStage,
};
for (const [name, stage] of Object.entries(stages)) {
  const startMs = performance.now();
  await stage(report).catch((error) => report.add(name, [error.message]));
  console.log(`--- ${name}: ${Math.round((performance.now() - startMs) / 1000)} s`);
}
const { passed, failed } = report.totals();
console.log(`deploy: ${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
