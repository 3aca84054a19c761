/** `npm test`: sets the workspace up, runs every project's tests, and asserts that every project was really tested. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { projectEnvironment, projectNode, root, setUp } from './setup.mjs';

setUp();
const results = join(root, 'tmp/test-results');
rmSync(results, { recursive: true, force: true });
const nx = join(root, 'node_modules/.bin/nx');
const run = spawnSync(
  projectNode(),
  [nx, 'run-many', '-t', 'test', '--parallel=2', '--outputStyle=stream', ...process.argv.slice(2)],
  {
    cwd: root,
    stdio: 'inherit',
    env: projectEnvironment(),
  },
);

const folders = ['apps', 'libs'].flatMap((folder) => readdirSync(join(root, folder)).map((name) => join(folder, name)));
const projects = [...folders, 'benchmarks', 'examples/web', 'tools/nx-plugin']
  .filter((folder) => {
    return manifestOf(folder)?.nx?.targets?.test !== undefined;
  })
  .map((folder) => manifestOf(folder).nx.name);
const counts = { passed: 0, failed: 0, skipped: 0 };
const untested = [];
const failures = [];
for (const project of projects) {
  const file = join(results, `${project}.json`);
  const report = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null;
  if (report === null || report.numTotalTests === 0) untested.push(project);
  counts.passed += report?.numPassedTests ?? 0;
  counts.failed += report?.numFailedTests ?? 0;
  counts.skipped += (report?.numPendingTests ?? 0) + (report?.numTodoTests ?? 0);
  failures.push(...failuresOf(project, report?.testResults ?? []));
}
for (const failure of failures) console.error(`\n${failure}`);
if (untested.length > 0) console.error(`No test ran in: ${untested.join(', ')}`);
console.log(`${projects.length - untested.length} of ${projects.length} projects tested.`);
console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
process.exit(run.status === 0 && counts.failed === 0 && untested.length === 0 ? 0 : 1);

/** Each with its file, its name and the first lines of its message: in the last lines of a log of thousands, where a person looks. */
function failuresOf(project, files) {
  return files.flatMap((file) => {
    const failed = file.assertionResults.filter((test) => test.status === 'failed');
    if (failed.length === 0 && file.status === 'failed') return [`FAILED ${project} ${file.name}\n${file.message}`];
    return failed.map((test) => {
      const message = test.failureMessages.join('\n').split('\n').slice(0, 12).join('\n');
      return `FAILED ${project} ${file.name}\n${test.fullName}\n${message}`;
    });
  });
}

function manifestOf(folder) {
  const file = join(root, folder, 'package.json');
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null;
}
