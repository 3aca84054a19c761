import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import net from 'node:net';
import { join } from 'node:path';
import { servePage } from './page-server.mjs';

const root = join(import.meta.dirname, '../../..');
const MODELS = [
  'models/penguins',
  'models/digits',
  'apps/playground/flows/models/trip',
  'apps/playground/flows/models/pair',
  'libs/model-package/fixtures/tfidf.onnx',
  'libs/model-package/fixtures/forest-multi-output.onnx',
];
/** What the pictures of the documentation are taken of. */
export const SHOWN_MODELS = MODELS.slice(0, 3);
const START_MS = 60_000;

/** The page to drive: at the URL, or before a predictor that is started for it. */
export async function startServer(url, models = MODELS) {
  if (url !== undefined) return { url: new URL('/', url).href, close: async () => {} };
  const predictor = await startPredictor(models);
  if (await hasPage(predictor.url)) return predictor;
  const folder = join(root, 'apps/playground/dist');
  if (!existsSync(folder)) throw new Error('There is no built page: run `npx nx build playground` first.');
  const page = await servePage({ folder, predictorUrl: predictor.url, port: 0 });
  return { url: page.url, close: () => Promise.all([page.close(), predictor.close()]) };
}

async function startPredictor(models) {
  const command = join(root, 'apps/predictor/dist/cli.js');
  if (!existsSync(command)) throw new Error('There is no built predictor: run `npx nx build predictor` first.');
  const [PORT, GRPC_PORT, ADMIN_PORT] = (await Promise.all([freePort(), freePort(), freePort()])).map(String);
  const child = spawn(process.execPath, [command, 'serve', ...models], {
    cwd: root,
    env: { ...process.env, PORT, GRPC_PORT, ADMIN_PORT },
    stdio: ['ignore', 'ignore', 'ignore'],
  });
  const url = `http://127.0.0.1:${PORT}/`;
  await untilReady(url, child);
  const close = async () => {
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    await ended;
  };
  return { url, close };
}

async function untilReady(url, child) {
  const deadlineMs = performance.now() + START_MS;
  while (performance.now() < deadlineMs && child.exitCode === null) {
    const answer = await fetch(`${url}readyz`).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  child.kill('SIGKILL');
  throw new Error(`The predictor was not ready within ${START_MS} ms.`);
}

async function freePort() {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function hasPage(url) {
  const answer = await fetch(url, { redirect: 'manual' });
  return answer.ok && (answer.headers.get('content-type') ?? '').startsWith('text/html');
}
