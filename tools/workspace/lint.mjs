/**
 * Lints every project that has the target `lint`, in one process: `nx run-many -t lint` starts ESLint and reads the project graph
 * for each. Usage: lint.mjs
 */
import { spawnSync } from 'node:child_process';
import { createProjectGraphAsync } from '@nx/devkit';
import { root } from './setup.mjs';

const COMMAND = 'eslint --max-warnings 0';
/** What the rule about boundaries says instead of a finding where it knows no projects. */
const SKIPPED = 'The rule will be skipped';

// Also writes the graph to where that rule reads it.
const { nodes } = await createProjectGraphAsync({ exitOnError: true });
const projects = Object.values(nodes).filter(({ data }) => data.targets.lint !== undefined);
const others = projects.filter(({ data }) => data.targets.lint.options.command !== `${COMMAND} ${data.root}`);
if (projects.length === 0) fail('No project has the target lint.');
if (others.length > 0) fail(`Linted by another command than ${COMMAND}: ${others.map(({ name }) => name).join(', ')}.`);

const [program, ...flags] = COMMAND.split(' ');
const folders = projects.map(({ data }) => data.root).sort();
const { status, stdout, stderr, error } = spawnSync(program, [...flags, ...folders], {
  cwd: root,
  encoding: 'utf8',
  maxBuffer: 2 ** 26,
});
process.stdout.write(stdout ?? '');
process.stderr.write(stderr ?? '');
if (error !== undefined) fail(`${program} cannot be started: ${error.message}`);
if (status !== 0) process.exit(status ?? 1);
if (`${stdout}${stderr}`.includes(SKIPPED)) fail('The boundaries between projects were not checked; see above.');
console.log(`lint: ${folders.length} projects, no problem`);

function fail(message) {
  console.error(message);
  process.exit(1);
}
