/**
 * `nx serve predictor`: rebuilds on a change of code and starts the server again; the server itself takes over changed packages.
 * A start that fails prints its problems and waits for the next edit, of code or of a package.
 */
import { spawn } from 'node:child_process';
import { watch } from 'node:fs';
import { join } from 'node:path';
import { watch as watchBundle } from 'rolldown';
import { copyDocsPage, copySdk, developmentFolder, developmentOptions } from './build-predictor.mjs';
import { projectEnvironment, projectNode, root } from './setup.mjs';

const SETTLE_MS = 60;
const models = process.env.MODELS ?? join(root, 'models');
let server = null;
let restartTimer = null;

function start() {
  server = spawn(
    projectNode(),
    ['--enable-source-maps', join(developmentFolder, 'cli.js'), 'serve', '--watch', ...process.argv.slice(2)],
    {
      stdio: 'inherit',
      env: { ...projectEnvironment(), MODELS: models },
    },
  );
}

function hasEnded() {
  return server === null || server.exitCode !== null || server.signalCode !== null;
}

/** Stops the running server first: the next one needs its port. */
function restart() {
  clearTimeout(restartTimer);
  restartTimer = setTimeout(() => {
    if (hasEnded()) return start();
    server.once('exit', start);
    server.kill('SIGTERM');
  }, SETTLE_MS);
}

copyDocsPage(developmentFolder);
copySdk(developmentFolder);
const bundle = watchBundle(developmentOptions);
bundle.on('event', (event) => {
  if (event.code === 'BUNDLE_END') {
    void event.result.close();
    restart();
  }
  if (event.code === 'ERROR') console.error(event.error.message);
});
for (const path of models.split(',')) watch(path.trim(), { recursive: true }, () => hasEnded() && restart());

for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) {
  process.on(signal, () => {
    if (hasEnded()) process.exit(0);
    server.once('exit', () => process.exit(0));
    server.kill('SIGTERM');
  });
}
