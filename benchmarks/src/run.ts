import { spawnSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describeMachine, loadNow, machineName, readSteal } from './machine.ts';
import { measureServing } from './measure-serving.ts';
import { measureTensors } from './measure-tensors.ts';
import { report } from './report.ts';
import { workspaceRoot } from './server-process.ts';
import { measureStarts } from './start-to-ready.ts';

/** `nx run benchmarks:run`: measures, prints, and writes `results/<date>-<machine>.md`. Takes about four minutes; asserts nothing. */
const startsEach = 7;
const note = (text: string): void => void process.stderr.write(`${text}\n`);

const setUp = spawnSync(process.execPath, [join(workspaceRoot, 'tools/workspace/setup.mjs')], { stdio: 'inherit' });
if (setUp.status !== 0) process.exit(1);

const [loadBefore, stealBefore, startMs] = [loadNow(), readSteal(), performance.now()];
note('Starts …');
const starts = await measureStarts(startsEach);
note('Requests …');
const serving = await measureServing();
note('Tensors …');
const tensors = await measureTensors();
const steal = readSteal();
const stolen = ((steal.stolen - stealBefore.stolen) / Math.max(1, steal.all - stealBefore.all)) * 100;

const date = new Date().toISOString().slice(0, 10);
const text = [
  `# ${date}, ${machineName}`,
  '',
  ...(await describeMachine()).map((line) => `- ${line}`),
  `- load average: ${loadBefore} before, ${loadNow()} after; stolen by the host: ${stolen.toFixed(1)} %`,
  `- command: \`npx nx run benchmarks:run\`, ${((performance.now() - startMs) / 1_000).toFixed(0)} s`,
  '- a figure is the median of blocks, with its bootstrap 95 % interval in parentheses; p99 is of a block',
  '',
  ...report(starts, serving, tensors),
].join('\n');
const folder = join(workspaceRoot, 'benchmarks/results');
await mkdir(folder, { recursive: true });
await writeFile(join(folder, `${date}-${machineName}.md`), text);
process.stdout.write(text);
