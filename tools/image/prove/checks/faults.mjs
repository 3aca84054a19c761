import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { until } from '../commands.mjs';
import { ask, makeNamespace, startContainer, untilReady } from '../container.mjs';

const HTTP = 'http://127.0.0.1:8080';
const JSON_TYPE = ['-H', 'content-type: application/json'];
const allocate = join(dirname(fileURLToPath(import.meta.url)), '../models/allocate');

/** A killed engine, and memory that runs out: the front lives, others are served, the engine comes back. */
export async function checkFaults({ image, sandbox, check }) {
  const namespace = await makeNamespace(sandbox, 'ws-faults');
  await checkKilledEngine({ image, namespace, check });
  await checkOutOfMemory({ image, namespace, check });
}

async function checkKilledEngine({ image, namespace, check }) {
  const container = await startContainer({ name: 'killed-engine', image, namespace });
  await untilReady(namespace, HTTP);
  const front = await container.pid();
  const [engine] = childrenOf(front);
  process.kill(engine, 'SIGKILL');
  const row = '{"rows":[{"island":"Dream","bill_length_mm":50.6}]}';
  const others = await ask(namespace, `${HTTP}/v1/models/penguins/predict`, ...JSON_TYPE, '-d', row);
  check('kill -9 of an engine: other models are served', others.status === 200, `status ${others.status}`);
  const picture = join(dirname(allocate), '../../../../models/digits/golden/1.png');
  const back = await until('the engine is back', async () => {
    const { status } = await ask(
      namespace,
      `${HTTP}/v1/models/digits/predict`,
      '-H',
      'content-type: image/png',
      '--data-binary',
      `@${picture}`,
    );
    return status === 200 ? status : undefined;
  });
  check('kill -9 of an engine: it is back, with another pid', back === 200 && !childrenOf(front).includes(engine));
  check('kill -9 of an engine: the front is the same process', (await container.pid()) === front);
  check(
    'no process is left as a zombie',
    childrenOf(front).every((pid) => !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))),
  );
  await container.stop();
  await container.remove();
}

/** A caller's value lets a run need 4 GB where the container may have 400 MB. */
async function checkOutOfMemory({ image, namespace, check }) {
  const args = ['--volume', `${allocate}:/data/allocate:ro`];
  const container = await startContainer({
    name: 'out-of-memory',
    image,
    namespace,
    memory: '400m',
    args,
    environment: { MODELS: '/data/allocate' },
  });
  await untilReady(namespace, HTTP);
  const predict = (value) =>
    ask(namespace, `${HTTP}/v1/models/allocate/predict`, ...JSON_TYPE, '-d', `{"rows":[{"x":${value}}]}`);
  const small = await predict(1000);
  const greedy = await predict(1e9);
  check('out of memory: the caller gets an error', [500, 503, 504].includes(greedy.status), `status ${greedy.status}`);
  const live = await ask(namespace, `${HTTP}/livez`);
  check('out of memory: the front lives', live.status === 200);
  const again = await until('the engine is back', async () => {
    const reply = await predict(1000);
    return reply.status === 200 ? reply : undefined;
  });
  check(
    'out of memory: the next request is answered',
    small.status === 200 && JSON.parse(again.body).predictions[0].y === 1000,
  );
  const exitCode = await container.stop();
  check('out of memory: ends with 0 all the same', exitCode === 0, `exit ${exitCode}`);
  await container.remove();
}

/** Pids of a process's children, as this machine numbers them. */
function childrenOf(parent) {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        return new RegExp(`^PPid:\\s+${parent}$`, 'm').test(readFileSync(`/proc/${pid}/status`, 'utf8'));
      } catch {
        return false;
      }
    });
}
