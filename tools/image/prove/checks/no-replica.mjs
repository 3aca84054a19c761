import { startClient } from '../clients.mjs';
import { until } from '../commands.mjs';
import { ask } from '../container.mjs';
import { serversUp, startBalancer } from '../lab.mjs';

/** What callers are told where the balancer has nobody to call: errors of the catalogue, as if a replica had answered. */
export async function checkNoReplica({ lab, check, configuration }) {
  const balancer = await startBalancer(lab, configuration);
  try {
    await until('the balancer calls nobody', async () => {
      // Before it listens there is nobody, either.
      const { status } = await ask(lab.namespace, 'http://127.0.0.1:8404/metrics');
      return status === 200 && (await serversUp(lab)).length === 0 ? true : undefined;
    });
    const client = startClient(lab.namespace, 'refused-client.mjs', lab);
    const errors = JSON.parse(await client.line());
    await client.stop();
    for (const [protocol, { code, message, retryAfterMs }] of Object.entries(errors))
      check(
        `no replica is ready: the SDK is told so over ${protocol}, and when to retry`,
        code === 'MODEL_NOT_READY' && /No replica|no replica/.test(message) && retryAfterMs === 1000,
        `${code}: ${message}`,
      );
    const page = await ask(lab.namespace, `${lab.http}/readyz`, '-i');
    check(
      'no replica is ready: the balancer answers 503 with Retry-After and a problem',
      page.status === 503 &&
        /^retry-after: 1\r$/im.test(page.body) &&
        /^content-type: application\/problem\+json\r$/im.test(page.body),
      page.body.slice(0, 200),
    );
  } finally {
    await balancer.stop();
  }
}
