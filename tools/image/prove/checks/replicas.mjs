import { join } from 'node:path';
import { startClient } from '../clients.mjs';
import { outcomeOf, until } from '../commands.mjs';
import { openLab, serversUp, startBalancer, startReplica } from '../lab.mjs';
import { inPercent, sharesOf } from '../shares.mjs';
import { checkBalancer } from './balancer.mjs';
import { checkNoReplica } from './no-replica.mjs';
import { checkRepeats } from './repeats.mjs';
import { checkWithoutBalancer } from './without-balancer.mjs';

/** Shorter than in production, so that the proof is. */
const ENVIRONMENT = { DRAIN_DELAY_MS: '2000', LOG_LEVEL: 'warn' };

/**
 * Three replicas behind HAProxy with the configuration of deploy/compose, under a steady load from outside: one is killed, all are
 * rolled, a fourth is added. Then the same replicas without a balancer, by the SDK's own.
 */
export async function checkReplicas({ image, root, sandbox, check, models }) {
  const lab = await openLab(sandbox);
  const configuration = join(root, 'deploy/compose/haproxy.cfg');
  await checkNoReplica({ lab, check, configuration });
  const add = async (number) => {
    const replica = await startReplica(lab, number, { image, environment: ENVIRONMENT });
    await replica.untilReady();
    return replica;
  };
  const replicas = [];
  for (const number of [1, 2, 3]) replicas.push(await add(number));
  const balancer = await startBalancer(lab, configuration);
  try {
    await untilUp(lab, replicas);
    await checkBalancer({ lab, replicas, sandbox, check, configuration });
    await checkRepeats({ lab, sandbox, check });
    await checkEvents({ lab, replicas, add, root, models, check });
  } finally {
    await balancer.stop();
  }
  await checkWithoutBalancer({ lab, replicas: replicas.slice(0, 3), check });
  for (const replica of replicas) await replica.remove();
}

/** The balancer calls all of them, and nobody else. */
function untilUp(lab, replicas) {
  return until('the balancer calls all replicas', async () => {
    const up = await serversUp(lab);
    return up.length === replicas.length * 2 ? up : undefined;
  });
}

async function checkEvents({ lab, replicas, add, root, models, check }) {
  const load = startClient(lab.namespace, 'steady-client.mjs', {
    http: lab.http,
    grpc: lab.grpc,
    picture: join(models, 'digits/golden/1.png'),
    pictureLabel: '0',
  });
  const during = async (event, work) => {
    await work();
    await new Promise((resolve) => setTimeout(resolve, 1000));
    report(check, event, JSON.parse(await load.ask()));
  };
  await during('steady load', () => new Promise((resolve) => setTimeout(resolve, 2000)));
  await during('kill -9 of one of three', () => killOne(lab, replicas, check));
  await during('rolling restart of all three', () => roll(root, check));
  await during('three become four', async () => {
    replicas.push(await add(4));
    await untilUp(lab, replicas);
    await checkNewcomer(replicas, check);
  });
  await load.stop();
}

function report(check, event, { rest, grpc }) {
  for (const [protocol, numbers] of Object.entries({ REST: rest, gRPC: grpc })) {
    const { requests, failed, repeated, maxLatencyMs, failures } = numbers;
    check(
      `${event}: no call over ${protocol} failed`,
      failed === 0 && requests > 20,
      `${requests} requests, ${failed} failed, ${repeated} repeated, at most ${maxLatencyMs} ms ${failures.join('; ')}`,
    );
  }
}

/** It comes back by the restart policy, as under compose. */
async function killOne(lab, replicas, check) {
  const pid = await replicas[0].pid();
  process.kill(pid, 'SIGKILL');
  const up = await until('the balancer has noticed', async () => {
    const servers = await serversUp(lab);
    return servers.length === 4 ? servers : undefined;
  });
  check(
    'kill -9: the balancer calls the other two',
    up.every((name) => !/r2$/.test(name)),
    up.join(' '),
  );
  await untilUp(lab, replicas);
  check('kill -9: the replica came back as another process', (await replicas[0].pid()) !== pid);
}

async function roll(root, check) {
  const { code, output } = await outcomeOf(join(root, 'deploy/compose/roll.sh'), ['podman']);
  const drained = output.stdout.match(/ended with 0 and is ready again/g) ?? [];
  check('roll.sh restarts all three, each ends with 0', code === 0 && drained.length === 3, output.stderr.trim());
}

const NEWCOMER_WINDOW_MS = 3000;
const NEWCOMER_WINDOWS = 5;

/** The balancer calls whoever has the fewest calls open: a newcomer, slow until its code is compiled, comes to its share by and by. */
async function checkNewcomer(replicas, check) {
  const windows = [];
  let hasItsShare = false;
  while (!hasItsShare && windows.length < NEWCOMER_WINDOWS) {
    const { shares } = await sharesOf(
      replicas,
      () => new Promise((resolve) => setTimeout(resolve, NEWCOMER_WINDOW_MS)),
    );
    hasItsShare = shares[3] >= 0.15 && shares[3] <= 0.4;
    windows.push(inPercent(shares));
  }
  check('the fourth replica comes to its share within 15 s', hasItsShare, windows.join('; then '));
}
