/**
 * The outside client of the replicas: calls at a steady, bounded rate over REST (keep-alive connections) and over one gRPC
 * connection, and holds every answer against what is known to be right. Every line on stdin ends a phase, as soon as some calls of
 * each protocol have ended in it: its numbers are printed as a line of JSON. Usage: steady-client.mjs JSON-OPTIONS; run with --conditions=@web-single/source.
 */
import { Agent, request } from 'node:http';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { createGrpcPredictor } from '@web-single/sdk/grpc';

const WORKERS = 4;
const PAUSE_MS = 20;
const LEAST_REQUESTS = 25;
const ROW = { level: 'row' };

const { http, grpc, picture, pictureLabel } = JSON.parse(process.argv[2]);
const agent = new Agent({ keepAlive: true, maxSockets: WORKERS });
// No repeats by the library: what has to be repeated is counted here.
const predictor = createGrpcPredictor({ addresses: [grpc], retries: 0, timeoutMs: 20_000 });
const image = readFileSync(picture);
const json = Buffer.from(JSON.stringify({ rows: [{ island: 'Dream', bill_length_mm: 50.6 }] }));

const calls = {
  rest: async (index) =>
    index % 2 === 0
      ? expectLabel(await post('penguins', 'application/json', json), 'Chinstrap')
      : expectLabel(await post('digits', 'image/png', image), pictureLabel),
  grpc: async (index) => {
    const { outputs } =
      index % 2 === 0
        ? await predictor.infer(
            'penguins',
            { island: { data: ['Dream'] }, bill_length_mm: { data: Float64Array.of(50.6) } },
            ROW,
          )
        : await predictor.infer('digits', { image: { data: [image] } }, ROW);
    expectLabel({ label: textOf(outputs.label.data[0]) }, index % 2 === 0 ? 'Chinstrap' : pictureLabel);
  },
};

let phase = newPhase();
for (const protocol of Object.keys(calls)) for (let worker = 0; worker < WORKERS; worker += 1) void work(protocol);
for await (const _line of createInterface({ input: process.stdin })) {
  while (Object.values(phase).some(({ requests }) => requests < LEAST_REQUESTS)) await pause();
  console.log(JSON.stringify(phase));
  phase = newPhase();
}
process.exit(0);

function pause() {
  return new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
}

function newPhase() {
  const numbers = () => ({ requests: 0, failed: 0, repeated: 0, maxLatencyMs: 0, failures: [] });
  return { rest: numbers(), grpc: numbers() };
}

async function work(protocol) {
  for (let index = 0; ; index += 1) {
    const startMs = performance.now();
    const outcome = await outcomeOf(protocol, index);
    const numbers = phase[protocol];
    numbers.requests += 1;
    numbers.maxLatencyMs = Math.max(numbers.maxLatencyMs, Math.round(performance.now() - startMs));
    if (outcome.repeated) numbers.repeated += 1;
    if (outcome.error !== undefined) {
      numbers.failed += 1;
      if (numbers.failures.length < 5) numbers.failures.push(`${protocol}: ${outcome.error}`);
    }
    await pause();
  }
}

/** A gRPC call whose stream was reset may be repeated, once. */
async function outcomeOf(protocol, index) {
  try {
    await calls[protocol](index);
    return { repeated: false };
  } catch (error) {
    if (!/RST_STREAM|Call cancelled/.test(error.message)) return { error: error.message, repeated: false };
    const again = await calls[protocol](index).catch((reason) => reason.message);
    return { error: again, repeated: true };
  }
}

function post(model, type, body) {
  const { promise, resolve, reject } = Promise.withResolvers();
  const headers = { 'content-type': type, 'content-length': body.length };
  const call = request(`${http}/v1/models/${model}/predict`, { method: 'POST', agent, headers }, (reply) => {
    const chunks = [];
    reply.on('data', (chunk) => chunks.push(chunk)).on('error', reject);
    reply.on('end', () => {
      const text = Buffer.concat(chunks).toString();
      if (reply.statusCode === 200) resolve(JSON.parse(text).predictions[0]);
      else reject(new Error(`status ${reply.statusCode}: ${text.slice(0, 200)}`));
    });
  });
  call.setTimeout(20_000, () => call.destroy(new Error('no answer within 20 s')));
  call.on('error', reject).end(body);
  return promise;
}

function expectLabel({ label }, expected) {
  if (String(label) !== expected) throw new Error(`expected ${expected}, got ${label}`);
}

/** A string arrives as its bytes. */
function textOf(element) {
  return element instanceof Uint8Array ? new TextDecoder().decode(element) : String(element);
}
