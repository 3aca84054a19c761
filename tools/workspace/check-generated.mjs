/**
 * Regenerates what is committed as generated and fails where it differs: the manifest's JSON Schema, the SDK's models and
 * API reference, the error page, the gRPC messages.
 */
import { spawnSync } from 'node:child_process';
import { root, runNode } from './setup.mjs';

runNode(['node_modules/.bin/nx', 'run-many', '-t', 'generate', '--skipNxCache', '--parallel=1']);
const git = (...args) => spawnSync('git', [...args, '--', 'libs', 'docs'], { cwd: root, encoding: 'utf8' });
const diff = git('diff', '--exit-code', '--stat');
const untracked = git('ls-files', '--others', '--exclude-standard').stdout;
if (diff.status !== 0 || untracked !== '') {
  console.error(
    `Generated files have drifted; run "npx nx run-many -t generate" and commit:\n${diff.stdout}${untracked}`,
  );
  process.exit(1);
}
console.log('generated files: no drift');
