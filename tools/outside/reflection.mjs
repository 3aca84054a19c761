/** grpcurl, which knows no message of ours, against a running server. Usage: reflection.mjs <grpcurl> <host:port> */
import { spawnSync } from 'node:child_process';
import assert from 'node:assert/strict';

const [grpcurl, address] = process.argv.slice(2);
const service = 'inference.GRPCInferenceService';
const penguin = {
  island: { datatype: 'BYTES', contents: { bytes_contents: [Buffer.from('Dream').toString('base64')] } },
  bill_length_mm: { datatype: 'FP32', contents: { fp32_contents: [50.6] } },
  bill_depth_mm: { datatype: 'FP32', contents: { fp32_contents: [19.4] } },
  flipper_length_mm: { datatype: 'FP32', contents: { fp32_contents: [193] } },
  body_mass_g: { datatype: 'FP32', contents: { fp32_contents: [3800] } },
  sex: { datatype: 'BYTES', contents: { bytes_contents: [Buffer.from('male').toString('base64')] } },
};

const checks = {
  'lists the services'() {
    const services = run(['list']).split('\n');
    for (const name of [service, 'grpc.health.v1.Health']) assert.ok(services.includes(name), name);
    assert.ok(services.some((name) => name.startsWith('grpc.reflection.')));
  },
  'lists the calls of the protocol'() {
    const calls = run(['list', service]).split('\n');
    for (const name of ['ServerLive', 'ServerReady', 'ModelReady', 'ServerMetadata', 'ModelMetadata', 'ModelInfer'])
      assert.ok(calls.includes(`${service}.${name}`), name);
  },
  'describes a message'() {
    assert.match(run(['describe', 'inference.ModelInferRequest']), /repeated bytes raw_input_contents = 7;/);
  },
  'asks whether the server lives'() {
    assert.deepEqual(call('ServerLive', {}), { live: true });
  },
  'asks for the health of a model'() {
    const answer = run(['-d', '{"service":"penguins"}', address, 'grpc.health.v1.Health/Check'], false);
    assert.deepEqual(JSON.parse(answer), { status: 'SERVING' });
  },
  'asks for the metadata of a model'() {
    const { name, platform, inputs } = call('ModelMetadata', { name: 'penguins' });
    assert.equal(`${name} ${platform}`, 'penguins onnxruntime_onnx');
    assert.deepEqual(
      inputs.map((input) => input.name),
      Object.keys(penguin),
    );
  },
  'infers with typed contents both ways'() {
    const { outputs } = call('ModelInfer', {
      model_name: 'penguins',
      id: 'outside',
      parameters: { typed_contents: { bool_param: true } },
      inputs: Object.entries(penguin).map(([name, tensor]) => ({ name, shape: [1, 1], ...tensor })),
    });
    const [label, probabilities] = outputs;
    assert.equal(Buffer.from(label.contents.bytesContents[0], 'base64').toString(), 'Chinstrap');
    assert.equal(probabilities.contents.fp32Contents.length, 3);
  },
  'is told of an unknown model'() {
    assert.throws(
      () => call('ModelMetadata', { name: 'nothing' }),
      /NotFound[\s\S]*Request for unknown model: 'nothing'/,
    );
  },
};

let failed = 0;
for (const [name, check] of Object.entries(checks)) {
  try {
    check();
    console.log(`ok grpcurl ${name}`);
  } catch (error) {
    failed += 1;
    console.error(`FAILED grpcurl ${name}\n${error.message}`);
  }
}
console.log(`${Object.keys(checks).length - failed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);

function call(method, request) {
  return JSON.parse(run(['-d', JSON.stringify(request), address, `${service}/${method}`], false));
}

/** What grpcurl prints; `list` and `describe` take the address first. */
function run(args, addressFirst = true) {
  const { status, stdout, stderr } = spawnSync(grpcurl, ['-plaintext', ...(addressFirst ? [address] : []), ...args], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  return stdout.trim();
}
