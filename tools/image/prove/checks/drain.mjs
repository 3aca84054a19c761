import { runClient } from '../clients.mjs';
import { makeNamespace, startContainer, untilReady } from '../container.mjs';

/** SIGTERM under load: who stops sending once the server is not ready loses no call, and the server ends with 0. */
export async function checkDrain({ image, sandbox, check }) {
  const namespace = await makeNamespace(sandbox, 'ws-drain');
  const container = await startContainer({ name: 'drain', image, namespace });
  await untilReady(namespace, 'http://127.0.0.1:8080');
  const load = runClient(namespace, 'load', {
    http: 'http://127.0.0.1:8080',
    grpc: '127.0.0.1:8081',
    durationMs: 60_000,
  });
  await new Promise((resolve) => setTimeout(resolve, 3000));
  const [exitCode, { ready, rest, grpc, failed, failures }] = await Promise.all([container.stop(30), load]);
  check('readiness turned false before anything was refused', !ready);
  check(
    'SIGTERM under load: no call failed',
    failed === 0 && rest > 20 && grpc > 20,
    `${rest} REST, ${grpc} gRPC, ${failed} failed ${failures.join('; ')}`,
  );
  check('SIGTERM under load: ends with 0', exitCode === 0, `exit ${exitCode}`);
  await container.remove();
}
