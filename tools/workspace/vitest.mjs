/** Runs one project's tests: `node tools/workspace/vitest.mjs <project> <folder> [vitest arguments]`. Writes its counts to tmp/test-results. */
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { projectEnvironment, projectNode } from './setup.mjs';

const [project, folder, ...rest] = process.argv.slice(2);
const result = spawnSync(
  projectNode(),
  [
    resolve('node_modules/vitest/vitest.mjs'),
    'run',
    '--root',
    folder,
    '--config',
    resolve('vitest.config.ts'),
    '--reporter',
    'default',
    '--reporter',
    'json',
    '--outputFile.json',
    resolve(`tmp/test-results/${project}.json`),
    ...rest,
  ],
  { stdio: 'inherit', env: projectEnvironment() },
);
process.exit(result.status ?? 1);
