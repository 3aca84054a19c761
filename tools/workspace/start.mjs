/** `npm start`: sets the workspace up and serves the demo models (or what MODELS names). Signals reach the server itself. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { projectEnvironment, projectNode, root, setUp } from './setup.mjs';

setUp();
const bundle = join(root, 'apps/predictor/dist');
// What keeps memory low in the image does so here.
const image = JSON.parse(readFileSync(join(root, 'deploy/image-contract.json'), 'utf8'));
const { MALLOC_ARENA_MAX, MALLOC_TRIM_THRESHOLD_, NODE_OPTIONS } = image.environment;
const defaults = {
  MODELS: join(root, 'models'),
  MALLOC_ARENA_MAX,
  MALLOC_TRIM_THRESHOLD_,
  NODE_OPTIONS,
};
const server = spawn(
  projectNode(),
  ['--enable-source-maps', join(bundle, 'cli.js'), 'serve', ...process.argv.slice(2)],
  { stdio: 'inherit', env: { ...defaults, ...projectEnvironment() } },
);
// A terminal signals the server as well; it takes both as one.
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => server.kill(signal));
server.on('exit', (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 0)));
// npm ends without passing a SIGTERM on: its end is one.
const parent = process.ppid;
setInterval(() => process.ppid === parent || server.kill('SIGTERM'), 500).unref();
