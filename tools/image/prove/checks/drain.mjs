import { runClient } from '../clients.mjs';
import { until } from '../commands.mjs';
import { ask, makeNamespace, startContainer, untilReady } from '../container.mjs';

const HTTP = 'http://127.0.0.1:8080';
const CALLS_BEFORE = 20;

/** SIGTERM under load: who stops sending once the server is not ready loses no call, and the server ends with 0. */
export async function checkDrain({ image, sandbox, check }) {
  const namespace = await makeNamespace(sandbox, 'ws-drain');
  const container = await startContainer({ name: 'drain', image, namespace });
  await untilReady(namespace, HTTP);
  const load = runClient(namespace, 'load', {
    http: HTTP,
    grpc: '127.0.0.1:8081',
    durationMs: 60_000,
  });
  await until('calls of both protocols are answered', () => manyAnswered(namespace));
  const [exitCode, { ready, rest, grpc, failed, failures }] = await Promise.all([container.stop(30), load]);
  check('readiness turned false before anything was refused', !ready);
  check(
    'SIGTERM under load: no call failed',
    failed === 0 && rest >= CALLS_BEFORE && grpc >= CALLS_BEFORE,
    `${rest} REST, ${grpc} gRPC, ${failed} failed ${failures.join('; ')}`,
  );
  check('SIGTERM under load: ends with 0', exitCode === 0, `exit ${exitCode}`);
  await container.remove();
}

/** By the server's own counters; undefined where it has answered only few. */
async function manyAnswered(namespace) {
  const { body } = await ask(namespace, `${HTTP}/metrics`);
  const counters = [
    /^web_single_http_requests_total\{.*predict".*status="200"\} (\d+)$/m,
    /^web_single_grpc_requests_total\{.*status="OK"\} (\d+)$/m,
  ];
  return counters.every((counter) => Number(body.match(counter)?.[1] ?? 0) >= CALLS_BEFORE) ? true : undefined;
}
