import { startClient } from '../clients.mjs';
import { inPercent, sharesOf } from '../shares.mjs';

const CALLS = 3000;

/** The SDK's `round_robin` over the replicas' own addresses. */
export async function checkWithoutBalancer({ lab, replicas, check }) {
  const addresses = replicas.map(({ grpc }) => grpc);
  const { result, shares } = await sharesOf(replicas, () => callMany(lab, addresses));
  check('without a balancer: no call of the SDK failed', result.failed === 0, told(result));
  check(
    'without a balancer: every replica gets 28 to 38 %',
    shares.every((share) => share >= 0.28 && share <= 0.38),
    inPercent(shares),
  );
  const pid = await replicas[0].pid();
  const killed = await callMany(lab, addresses, () => process.kill(pid, 'SIGKILL'));
  check('without a balancer: kill -9 of one of three, no call failed', killed.failed === 0, told(killed));
}

async function callMany({ namespace }, addresses, atHalf = () => {}) {
  const client = startClient(namespace, 'counted-client.mjs', { addresses, calls: CALLS });
  await client.line();
  atHalf();
  const numbers = JSON.parse(await client.line());
  await client.stop();
  return numbers;
}

function told({ requests, failed, maxLatencyMs, failures }) {
  return `${requests} requests, ${failed} failed, at most ${maxLatencyMs} ms ${failures.join('; ')}`;
}
