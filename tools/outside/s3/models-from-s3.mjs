/** The built server and command line with models of a running S3 server. Usage: models-from-s3.mjs <url> <folder for caches> */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { projectEnvironment, projectNode, root } from '../../workspace/setup.mjs';
import { startBuiltServer } from '../built-server.mjs';
import { accessKeyId, region, secretAccessKey } from './credentials.mjs';
import { startCuttingProxy } from './cutting-proxy.mjs';
import { NOTES, PADDING_BYTES } from './fill-buckets.mjs';

const [url, caches] = process.argv.slice(2);
const PENGUIN = { island: 'Biscoe', bill_length_mm: 50, bill_depth_mm: 15, flipper_length_mm: 220, body_mass_g: 5500 };
const READY_TIMEOUT_MS = 60_000;
const penguinsDigest = await digestOf(join(root, 'models/penguins'));

const checks = {
  async 'serves a whole model from a prefix, pinned by its digest'() {
    await whileServing(`s3://models/birds/penguins#sha256=${penguinsDigest}`, 'served', async (http) => {
      const reply = await fetch(`http://${http}/v1/models/penguins/predict`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ rows: [PENGUIN] }),
      });
      const { predictions, model } = await reply.json();
      assert.equal(predictions[0].label, 'Gentoo');
      assert.equal(model.digest, `sha256:${penguinsDigest}`);
    });
  },
  async 'serves a folder of packages, an archive and an object with odd characters'() {
    for (const place of ['s3://models/birds', 's3://models/penguins.tar.gz', 's3://models/a b+c.onnx']) {
      const { code, output } = await inspect(place);
      assert.equal(code, 0, `${place}: ${output}`);
    }
  },
  async 'lists more than one page'() {
    const { code, output } = await inspect('s3://models/many');
    assert.equal(code, 0, output);
    assert.match(output, /^penguins version 1\.0\.0/);
    const { digest } = facts(output);
    assert.notEqual(digest, penguinsDigest);
    const pinned = await inspect(`s3://models/many#sha256=${digest}`, {}, `pinned-${NOTES}`);
    assert.equal(pinned.code, 0, pinned.output);
  },
  async 'goes on with a range where the connection broke'() {
    const proxy = await startCuttingProxy(Number(new URL(url).port), PADDING_BYTES / 2);
    const broken = await inspect('s3://models/large', { AWS_ENDPOINT_URL_S3: proxy.url }, 'broken');
    assert.equal(broken.code, 4, broken.output);
    const whole = await inspect('s3://models/large', { AWS_ENDPOINT_URL_S3: proxy.url }, 'broken');
    assert.equal(whole.code, 0, whole.output);
    assert.ok(proxy.counts.bytes < PADDING_BYTES * 0.75, `${proxy.counts.bytes} bytes came the second time`);
    await proxy.stop();
  },
  async 'brings nothing again that has not changed'() {
    const proxy = await startCuttingProxy(Number(new URL(url).port), Infinity);
    for (const limit of [Infinity, PADDING_BYTES / 10]) {
      proxy.counts.bytes = 0;
      const { code, output } = await inspect('s3://models/large', { AWS_ENDPOINT_URL_S3: proxy.url }, 'twice');
      assert.equal(code, 0, output);
      assert.ok(proxy.counts.bytes < limit, `${proxy.counts.bytes} bytes came`);
    }
    await proxy.stop();
  },
  async 'refuses what is not what was pinned'() {
    const { code, output } = await inspect(`s3://models/penguins.tar.gz#sha256=${'0'.repeat(64)}`, {}, 'other');
    assert.equal(code, 4);
    assert.match(output, /sha256 expected 0{64}, got [0-9a-f]{64}/);
  },
  async 'tells errors apart and repeats no secret'() {
    const cases = [
      ['s3://models/a b+c.onnx', { AWS_SECRET_ACCESS_KEY: 'a-wrong-s3cret' }, /AWS_SECRET_ACCESS_KEY is wrong/],
      ['s3://models/a b+c.onnx', { AWS_ACCESS_KEY_ID: 'nobody' }, /access key is not known/],
      ['s3://models/a b+c.onnx', { AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '' }, /access is denied/],
      ['s3://models/nothing.onnx', {}, /no such object/],
      ['s3://models/nothing', {}, /no objects below it/],
      ['s3://nowhere/penguins', {}, /no such bucket/],
      ['s3://models/birds', { MODEL_SOURCE_HOSTS: '' }, /MODEL_SOURCE_HOSTS/],
      ['s3://models/birds', { AWS_ENDPOINT_URL_S3: 'http://127.0.0.1:9' }, /refused the connection/],
    ];
    for (const [place, environment, expected] of cases) {
      const { code, output } = await inspect(place, environment, 'errors');
      assert.match(output, expected, `${place}: ${output}`);
      assert.equal(code, 4, `${place}: ${output}`);
      assert.doesNotMatch(output, /s3cret/);
    }
  },
};

let failed = 0;
for (const [name, check] of Object.entries(checks)) {
  try {
    await check();
    console.log(`ok s3 ${name}`);
  } catch (error) {
    failed += 1;
    console.error(`FAILED s3 ${name}\n${error.message}`);
  }
}
console.log(`${Object.keys(checks).length - failed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);

function environmentFor(cache) {
  return {
    AWS_ENDPOINT_URL_S3: url,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_REGION: region,
    MODEL_SOURCE_HOSTS: '127.0.0.1',
    MODEL_CACHE: join(caches, cache),
  };
}

async function whileServing(models, cache, check) {
  const server = await startBuiltServer({ MODELS: models, ...environmentFor(cache) });
  try {
    const startMs = performance.now();
    for (;;) {
      const reply = await fetch(`http://${server.http}/readyz`);
      const text = await reply.text();
      if (reply.status === 200) break;
      if (performance.now() - startMs > READY_TIMEOUT_MS) throw new Error(`It is not ready: ${text}`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    await check(server.http);
  } finally {
    await server.stop();
  }
}

/** `predictor inspect`, to its end. */
function inspect(place, environment = {}, cache = 'inspected') {
  return new Promise((resolve) => {
    const child = spawn(projectNode(), [join(root, 'apps/predictor/bin/predictor.mjs'), 'inspect', place], {
      env: { ...projectEnvironment(), ...environmentFor(cache), ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
    child.on('close', (code) => resolve({ code, output }));
  });
}

function facts(output) {
  return { digest: /^digest\s+sha256:([0-9a-f]{64})$/m.exec(output)?.[1] };
}

async function digestOf(folder) {
  const { code, output } = await inspect(folder);
  assert.equal(code, 0, output);
  return facts(output).digest;
}
