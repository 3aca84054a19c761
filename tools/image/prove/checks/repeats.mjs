import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { until } from '../commands.mjs';
import { ask, inNamespace } from '../container.mjs';
import { serversUp } from '../lab.mjs';

const oddReplica = join(dirname(fileURLToPath(import.meta.url)), '../odd-replica.mjs');
const JSON_TYPE = ['-H', 'content-type: application/json'];
const REQUESTS = 40;
/** Some 80 kB: more than arrives at once, and within the balancer's buffer. */
const BODY = JSON.stringify({ rows: Array.from({ length: 2000 }, () => ({ island: 'Dream', bill_length_mm: 50.6 })) });

/** What the balancer repeats: a request whose replica went away without a word, never one that was refused. */
export async function checkRepeats({ lab, sandbox, check }) {
  const body = sandbox.path('repeated.json');
  writeFileSync(body, BODY);
  const place = await lab.addNamespace(8);
  const hungUp = await send(lab, place, { mode: 'hang-up', body });
  check(
    'a request whose replica hangs up is repeated at another',
    hungUp.count > 0 && hungUp.statuses.every((status) => status === 200),
    `${hungUp.count} of ${REQUESTS} hung up on, all answered`,
  );
  const shed = await send(lab, place, { mode: 'shed', body });
  const refused = shed.statuses.filter((status) => status === 503).length;
  check(
    'a request that is shed is not repeated, and its replica stays',
    refused > 0 && refused === shed.count && shed.isUp,
    `${refused} of ${REQUESTS} answered with 503, ${shed.count} shed`,
  );
}

/** Sends requests, one after another, while one more replica does nothing but that. */
async function send(lab, { namespace }, { mode, body }) {
  const child = spawn(...inNamespace(namespace, process.execPath, [oddReplica, mode]), { stdio: 'ignore' });
  const ended = once(child, 'exit');
  const isUp = async () => (await serversUp(lab)).includes('rest/r9');
  await until('the balancer calls the odd replica', async () => ((await isUp()) ? true : undefined));
  const statuses = [];
  for (let index = 0; index < REQUESTS; index += 1)
    statuses.push(
      (await ask(lab.namespace, `${lab.http}/v1/models/penguins/predict`, ...JSON_TYPE, '--data-binary', `@${body}`))
        .status,
    );
  const { body: count } = await ask(namespace, 'http://127.0.0.1:8080/count');
  const outcome = { statuses, count: Number(count), isUp: await isUp() };
  child.kill('SIGKILL');
  await ended;
  await until('the balancer has left the odd replica', async () => ((await isUp()) ? undefined : true));
  return outcome;
}
