/** `npm start`: sets the workspace up and serves the demo models (or what MODELS names). Signals reach the server itself. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { projectEnvironment, projectNode, root, setUp } from './setup.mjs';

setUp();
const server = spawn(
  projectNode(),
  ['--enable-source-maps', join(root, 'apps/predictor/dist/cli.js'), 'serve', ...process.argv.slice(2)],
  { stdio: 'inherit', env: { MODELS: join(root, 'models'), ...projectEnvironment() } },
);
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => server.kill(signal));
server.on('exit', (code, signal) => process.exit(code ?? (signal === null ? 1 : 128)));
