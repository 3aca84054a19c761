import { writeFileSync } from 'node:fs';
import { startClient } from '../clients.mjs';
import { ask } from '../container.mjs';
import { checkConfiguration } from '../lab.mjs';
import { inPercent, sharesOf } from '../shares.mjs';

const JSON_TYPE = ['-H', 'content-type: application/json'];

/** What the balancer does where nothing goes wrong. */
export async function checkBalancer({ lab, replicas, sandbox, check, configuration }) {
  const { code, output } = await checkConfiguration(configuration);
  check('haproxy takes its configuration without a warning', code === 0 && !/WARNING|ALERT/.test(output.stderr));
  await checkOneConnection({ lab, replicas, check });
  const large = sandbox.path('large.json');
  writeFileSync(large, bodyOf(5000));
  const { body } = await predict(lab, `@${large}`);
  check('a body larger than its buffer passes', JSON.parse(body).predictions?.length === 5000, body.slice(0, 200));
  const tooLarge = await predict(lab, bodyOf(1), '-H', `content-length: ${2 ** 26 + 1}`);
  check('a body larger than any limit is refused', tooLarge.status === 413, `status ${tooLarge.status}`);
  const streamed = await stream(lab);
  check('a gRPC stream is answered while it is open', streamed.answered === 3, JSON.stringify(streamed));
  const metrics = await ask(lab.namespace, `${lab.http}/metrics`);
  check('metrics of one replica by chance are not shown', metrics.status === 404);
}

/** Every call of one connection goes to the replica that has the least to do. */
async function checkOneConnection({ lab, replicas, check }) {
  const { result, shares } = await sharesOf(replicas, async () => {
    const client = startClient(lab.namespace, 'counted-client.mjs', { addresses: [lab.grpc], calls: 600 });
    await client.line();
    const numbers = JSON.parse(await client.line());
    await client.stop();
    return numbers;
  });
  check(
    'calls of one gRPC connection are spread over all replicas',
    result.failed === 0 && shares.every((share) => share >= 0.15),
    `${result.requests} requests, ${result.failed} failed; ${inPercent(shares)}`,
  );
}

async function stream({ namespace, grpc }) {
  const client = startClient(namespace, 'stream-client.mjs', { address: grpc, requests: 3 });
  const numbers = JSON.parse(await client.line());
  await client.stop();
  return numbers;
}

const predict = ({ namespace, http }, body, ...args) =>
  ask(namespace, `${http}/v1/models/penguins/predict`, ...JSON_TYPE, ...args, '--data-binary', body);

const bodyOf = (rows) =>
  JSON.stringify({ rows: Array.from({ length: rows }, () => ({ island: 'Dream', bill_length_mm: 50.6 })) });
