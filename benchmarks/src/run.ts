import { spawnSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { chooseContenders } from './choose-contenders.ts';
import { pinGenerator } from './cores.ts';
import { FreePorts } from './free-ports.ts';
import { describeMachine, loadNow, machineName, readSteal } from './machine.ts';
import { measureWorkload } from './measure/measure-workload.ts';
import type { WorkloadResult } from './measure/measure-workload.ts';
import { benchmarkOptions, planOf } from './benchmark-options.ts';
import { readCommandLine } from './command-line/read-command-line.ts';
import { startsSection } from './report/starts-section.ts';
import { reportHead } from './report/report-head.ts';
import { svgChart } from './report/svg-chart.ts';
import { workloadSection } from './report/workload-section.ts';
import { workspaceRoot } from './server-process.ts';
import { measureStarts } from './start-to-ready.ts';
import { makeMlp, mlpFolder } from './workloads/make-mlp.ts';

/** `nx run benchmarks:run`: measures, prints, and writes `results/<date>-<machine>.md` and `.svg`. Asserts nothing. */
const values = readCommandLine('benchmarks:run', benchmarkOptions);
const options = planOf(values);
const portCount = 100;
const note = (text: string): void => void process.stderr.write(`${text}\n`);

const setUp = spawnSync(process.execPath, [join(workspaceRoot, 'tools/workspace/setup.mjs')], { stdio: 'inherit' });
if (setUp.status !== 0) process.exit(1);
if (options.workloads.some(({ packageFolder }) => packageFolder === mlpFolder)) await makeMlp();
const chosen = await chooseContenders(options.contenders, note);

const [loadBefore, stealBefore, startMs] = [loadNow(), readSteal(), performance.now()];
note('Starts …');
const starts = options.starts > 0 ? await measureStarts(options.starts) : undefined;
const machine = await describeMachine();
pinGenerator();
const ports = new FreePorts(values['first-port'], portCount);
const results: WorkloadResult[] = [];
for (const workload of options.workloads) {
  note(`${workload.name} …`);
  const result = await measureWorkload(workload, chosen.kinds, options.plan, ports);
  for (const [name, failure] of result.failures) note(`  ${name}: ${failure}`);
  results.push(result);
}
const steal = readSteal();
const stolen = ((steal.stolen - stealBefore.stolen) / Math.max(1, steal.all - stealBefore.all)) * 100;

const name = `${new Date().toISOString().slice(0, 10)}-${machineName}${options.suffix}`;
const text = [
  ...reportHead({
    name,
    machine: [
      ...machine,
      `load average: ${loadBefore} before, ${loadNow()} after; stolen by the host: ${stolen.toFixed(1)} %`,
    ],
    plan: options.plan,
    workloads: options.workloads,
    words: process.argv.slice(2),
    seconds: (performance.now() - startMs) / 1_000,
    chosen,
  }),
  ...results.flatMap(workloadSection),
  ...(starts ? startsSection(starts) : []),
].join('\n');
await mkdir(values.out, { recursive: true });
await writeFile(join(values.out, `${name}.md`), text);
await writeFile(join(values.out, `${name}.svg`), svgChart(name, results));
process.stdout.write(text);
