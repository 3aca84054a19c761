import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import { once } from 'node:events';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runClient } from '../clients.mjs';
import { run, until } from '../commands.mjs';
import { ask, inNamespace, makeNamespace, startContainer, untilReady } from '../container.mjs';

const HTTP = 'http://127.0.0.1:8080';
const FILES_PORT = 9100;
const ARCHIVE = `http://127.0.0.1:${FILES_PORT}/models.tar.gz`;
const fileServer = join(dirname(fileURLToPath(import.meta.url)), '../file-server.mjs');

/** The same image with its models mounted, and with its models fetched from an address: the same golden cases; corrupt: never ready. */
export async function checkModelLoading({ image, sandbox, check, models }) {
  const namespace = await makeNamespace(sandbox, 'ws-loading');
  const folder = sandbox.path('served');
  mkdirSync(folder, { recursive: true });
  await run('tar', ['czf', join(folder, 'models.tar.gz'), '-C', models, '.']);
  const digest = createHash('sha256')
    .update(readFileSync(join(folder, 'models.tar.gz')))
    .digest('hex');
  const [program, args] = inNamespace(namespace, process.execPath, [fileServer, folder, String(FILES_PORT)]);
  const server = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(server.stdout, 'data');
  try {
    const mounted = { args: ['--volume', `${models}:/mounted:ro`], environment: { MODELS: '/mounted' } };
    await checkGoldensOf({ image, namespace, check, models, how: 'mounted', start: mounted });
    const fetched = { args: ['--tmpfs', '/cache:rw,noexec,nosuid,size=64m'], environment: fromAddress(digest) };
    await checkGoldensOf({ image, namespace, check, models, how: 'from an address', start: fetched });
    await checkCorrupt({ image, namespace, check, start: { ...fetched, environment: fromAddress('0'.repeat(64)) } });
  } finally {
    server.kill();
  }
}

function fromAddress(digest) {
  return { MODELS: `${ARCHIVE}#sha256=${digest}`, MODEL_SOURCE_HOSTS: `127.0.0.1:${FILES_PORT}` };
}

async function checkGoldensOf({ image, namespace, check, models, how, start }) {
  const container = await startContainer({ name: `models-${how.replaceAll(' ', '-')}`, image, namespace, ...start });
  await untilReady(namespace, HTTP);
  const options = { http: HTTP, grpc: '127.0.0.1:8081', models, names: ['penguins', 'digits'] };
  const { counts, wrongCount } = await runClient(namespace, 'goldens', options);
  check(
    `models ${how}: golden cases`,
    wrongCount === 0 && counts.rest >= 100,
    `${counts.rest} REST, ${counts.grpc} gRPC`,
  );
  const exitCode = await container.stop();
  check(`models ${how}: ends with 0`, exitCode === 0, `exit ${exitCode}`);
  await container.remove();
}

async function checkCorrupt({ image, namespace, check, start }) {
  const container = await startContainer({ name: 'models-corrupt', image, namespace, ...start });
  const told = await until('the failure is told', async () => {
    const { status, body } = await ask(namespace, `${HTTP}/readyz`);
    return status === 503 && /sha256/.test(body) ? body : undefined;
  });
  const live = await ask(namespace, `${HTTP}/livez`);
  const { status } = await ask(
    namespace,
    `${HTTP}/v1/models/penguins/predict`,
    '-d',
    '{}',
    '-H',
    'content-type: application/json',
  );
  check(
    'another model than pinned: alive, never ready, and says why',
    live.status === 200 && status === 503,
    told.slice(0, 300),
  );
  check('another model than pinned: ends with 0', (await container.stop()) === 0);
  await container.remove();
}
