import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createServer } from 'node:net';
import { projectEnvironment, projectNode, root } from '../workspace/setup.mjs';

const READY_TIMEOUT_MS = 120_000;
const ADMIN_TOKEN = 'outside-proof-0123456789abcdef';

/** Starts the built server on free ports of the loopback address; resolves once it says where it is. `stop` ends it by its pid. */
export async function startBuiltServer(environment) {
  const [http, grpc, admin] = await freePorts(3);
  const server = spawn(projectNode(), [join(root, 'apps/predictor/bin/predictor.mjs'), 'serve'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: {
      ...projectEnvironment(),
      LOG_LEVEL: 'silent',
      PORT: String(http),
      GRPC_PORT: String(grpc),
      ADMIN_PORT: String(admin),
      ADMIN_TOKEN,
      ...environment,
    },
  });
  let output = '';
  server.stderr.on('data', (chunk) => (output += chunk));
  const ended = new Promise((resolve) => server.on('exit', resolve));
  await untilReady(server, ended, () => output);
  return {
    http: `127.0.0.1:${http}`,
    grpc: `127.0.0.1:${grpc}`,
    admin: `127.0.0.1:${admin}`,
    adminToken: ADMIN_TOKEN,
    hasEnded: () => server.exitCode !== null || server.signalCode !== null,
    output: () => output,
    async stop() {
      server.kill('SIGTERM');
      return ended;
    },
  };
}

async function untilReady(server, ended, output) {
  const ready = new Promise((resolve) =>
    // Up but not ready is what a server that loads nothing at its start says.
    server.stderr.on('data', () => /is (ready|up) at/.test(output()) && resolve('ready')),
  );
  let timer;
  const late = new Promise((resolve) => (timer = setTimeout(resolve, READY_TIMEOUT_MS, 'late')));
  const outcome = await Promise.race([ready, ended, late]);
  clearTimeout(timer);
  if (outcome === 'ready') return;
  server.kill('SIGTERM');
  throw new Error(`The server did not become ready:\n${output()}`);
}

/** Held open together, so that no port is given twice. */
export async function freePorts(count) {
  const listeners = await Promise.all(Array.from({ length: count }, () => listen()));
  const ports = listeners.map((listener) => listener.address().port);
  await Promise.all(listeners.map((listener) => new Promise((resolve) => listener.close(resolve))));
  return ports;
}

function listen() {
  return new Promise((resolve, reject) => {
    const listener = createServer();
    listener.on('error', reject);
    listener.listen(0, '127.0.0.1', () => resolve(listener));
  });
}
