/**
 * `nx serve predictor`: rebuilds on a change of code. Edited steps the running server takes over at once, with new engines. Then,
 * and for all other code, the next server loads its models while the last one still answers, and takes its ports; one that fails
 * prints its problems, and the last one serves on. Changed packages the server itself takes over.
 */
import { spawn } from 'node:child_process';
import { watch } from 'node:fs';
import { join } from 'node:path';
import { watch as watchBundle } from 'rolldown';
import { copyDocsPage, copySdk, developmentFolder, developmentOptions } from './build-predictor.mjs';
import { followPlayground } from './follow-playground.mjs';
import { projectEnvironment, projectNode, root } from './setup.mjs';

const SETTLE_MS = 60;
const models = process.env.MODELS ?? join(root, 'models');
/** The server that has the ports, and the one that will have them next. */
let current = null;
let next = null;
let restartTimer = null;
/** Files changed since the last build. */
const changed = new Set();
const steps = join(root, 'libs/preprocessing/src/steps/');

function start() {
  next?.kill('SIGKILL');
  const server = spawn(
    projectNode(),
    ['--enable-source-maps', join(developmentFolder, 'cli.js'), 'serve', '--watch', ...process.argv.slice(2)],
    {
      stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
      env: {
        NODE_COMPILE_CACHE: join(root, 'tmp/compile-cache'),
        ...projectEnvironment(),
        MODELS: models,
      },
    },
  );
  next = server;
  server.once('message', () => {
    takeOver(server);
    server.on('message', restart);
  });
  server.once('exit', () => {
    if (next === server) next = null;
  });
}

/** The ports are free once the last server has ended. */
function takeOver(server) {
  const last = current;
  current = server;
  next = null;
  const listen = () => server.connected && server.send('listen');
  if (hasEnded(last)) return listen();
  last.once('exit', listen);
  last.kill('SIGTERM');
}

function hasEnded(server) {
  return server === null || server.exitCode !== null || server.signalCode !== null;
}

function restart() {
  clearTimeout(restartTimer);
  restartTimer = setTimeout(start, SETTLE_MS);
}

copyDocsPage(developmentFolder);
copySdk(developmentFolder);
if (!(await followPlayground(join(developmentFolder, 'playground'), restart))) process.exit(1);
const bundle = watchBundle(developmentOptions);
bundle.on('change', (file) => changed.add(file));
bundle.on('event', (event) => {
  if (event.code === 'BUNDLE_END') {
    void event.result.close();
    const onlySteps = changed.size > 0 && [...changed].every((file) => file.startsWith(steps));
    changed.clear();
    // The server that runs has its engines started again, and says when they are: then the next server follows.
    if (onlySteps && !hasEnded(current)) current.send('renew');
    else restart();
  }
  if (event.code === 'ERROR') console.error(event.error.message);
});
// A server that runs takes over changed packages by itself; one that could not start has to be started.
for (const path of models.split(',')) watch(path.trim(), { recursive: true }, () => hasEnded(current) && restart());

for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) {
  process.on(signal, () => {
    next?.kill('SIGKILL');
    if (hasEnded(current)) process.exit(0);
    current.once('exit', () => process.exit(0));
    current.kill('SIGTERM');
  });
}
