/**
 * `nx serve predictor`: rebuilds on a change of code. The next server loads its models while the last one still answers, and
 * takes its ports then; one that fails prints its problems, and the last one serves on. Changed packages the server itself takes over.
 */
import { spawn } from 'node:child_process';
import { watch } from 'node:fs';
import { join } from 'node:path';
import { watch as watchBundle } from 'rolldown';
import { copyDocsPage, copySdk, developmentFolder, developmentOptions } from './build-predictor.mjs';
import { projectEnvironment, projectNode, root } from './setup.mjs';

const SETTLE_MS = 60;
const models = process.env.MODELS ?? join(root, 'models');
/** The server that has the ports, and the one that will have them next. */
let current = null;
let next = null;
let restartTimer = null;

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
  server.once('message', () => takeOver(server));
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
const bundle = watchBundle(developmentOptions);
bundle.on('event', (event) => {
  if (event.code === 'BUNDLE_END') {
    void event.result.close();
    restart();
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
