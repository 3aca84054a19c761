import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { outcomeOf, run } from './commands.mjs';
import { ask, inNamespace, makeNamespace, startContainer, untilReady } from './container.mjs';

/** As deploy/compose/compose.yaml has it: the balancer is .14, the replicas begin at .2. */
const NETWORK = '10.99.77';
const BALANCER_ADDRESS = `${NETWORK}.14`;
const FIRST_REPLICA = 2;

/**
 * A network of namespaces around one bridge, as compose makes one: the balancer and the clients run in `namespace`, every replica
 * in one of its own. Nothing of it is seen in the machine's own network.
 */
export async function openLab(sandbox) {
  const prefix = `wsr-${process.pid}`;
  const namespace = await makeNamespace(sandbox, `${prefix}-lab`);
  const ip = (...args) => run('ip', ['-n', namespace, ...args]);
  await ip('link', 'add', 'br0', 'type', 'bridge');
  await ip('addr', 'add', `${BALANCER_ADDRESS}/28`, 'dev', 'br0');
  await ip('link', 'set', 'br0', 'up');
  return {
    namespace,
    http: `http://${BALANCER_ADDRESS}:8080`,
    grpc: `${BALANCER_ADDRESS}:8081`,
    /** A namespace at the address that the replica of this number would have; returns both. */
    async addNamespace(number) {
      const own = await makeNamespace(sandbox, `${prefix}-${number}`);
      const address = `${NETWORK}.${FIRST_REPLICA + number - 1}`;
      await ip('link', 'add', `v${number}`, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', own);
      await ip('link', 'set', `v${number}`, 'master', 'br0', 'up');
      await run('ip', ['-n', own, 'addr', 'add', `${address}/28`, 'dev', 'eth0']);
      await run('ip', ['-n', own, 'link', 'set', 'eth0', 'up']);
      return { namespace: own, address };
    },
  };
}

/** As compose starts one: by the labels its tools find it, by the policy it comes back. */
export async function startReplica(lab, number, options) {
  const { namespace, address } = await lab.addNamespace(number);
  const labels = { project: 'web-single', service: 'predictor' };
  const container = await startContainer({
    ...options,
    name: `replica-${number}`,
    namespace,
    args: [
      '--restart=unless-stopped',
      ...Object.entries(labels).map(([key, value]) => `--label=com.docker.compose.${key}=${value}`),
    ],
  });
  return {
    ...container,
    address,
    grpc: `${address}:8081`,
    untilReady: () => untilReady(namespace, 'http://127.0.0.1:8080'),
    /** Predictions that it has answered since it started, by its own metrics. */
    async answered() {
      const { body } = await ask(namespace, 'http://127.0.0.1:8080/metrics');
      const counts = [...body.matchAll(/^web_single_requests_total\{[^}]*code="OK"[^}]*\} (\d+)$/gm)];
      return counts.reduce((sum, [, count]) => sum + Number(count), 0);
    },
  };
}

/** Runs HAProxy with the configuration that ships, as it is. */
export async function startBalancer({ namespace }, configuration) {
  const output = [];
  const child = spawn(...inNamespace(namespace, 'haproxy', ['-db', '-f', configuration]), {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => output.push(text));
  const ended = once(child, 'exit');
  return {
    /** What it reported: servers that went and came, calls that it could not serve. */
    log: () => output.join(''),
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/** Which servers the balancer calls, by its own numbers: `rest/r2` and so on. */
export async function serversUp({ namespace }) {
  const { body } = await ask(namespace, 'http://127.0.0.1:8404/;csv');
  const rows = body.split('\n').map((line) => line.split(','));
  const status = rows[0]?.indexOf('status');
  return rows
    .filter((row) => /^r\d+$/.test(row[1]) && /^(UP|no check)/.test(row[status]))
    .map(([backend, server]) => `${backend}/${server}`);
}

export const checkConfiguration = (file) => outcomeOf('haproxy', ['-c', '-f', file]);
