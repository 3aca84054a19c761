/**
 * The outside client: runs in a container's network namespace and talks to it as users do, by REST and by the gRPC client of the
 * SDK. Prints one JSON line. Usage: client.mjs goldens|load JSON-OPTIONS; run with --conditions=@web-single/source.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createGrpcPredictor } from '@web-single/sdk/grpc';

const [task, options] = process.argv.slice(2);
console.log(JSON.stringify(await { goldens, load }[task](JSON.parse(options))));
process.exit(0);

/** Every golden case of the models, over both protocols; `wrong` names those outside the recorded tolerance. */
async function goldens({ http, grpc, models, names }) {
  using predictor = createGrpcPredictor({ addresses: [grpc], timeoutMs: 20_000 });
  const wrong = [];
  const counts = { rest: 0, grpc: 0 };
  for (const name of names) {
    const [first, ...lines] = readFileSync(join(models, name, 'golden.jsonl'), 'utf8')
      .trim()
      .split('\n');
    const { tolerance } = JSON.parse(first);
    for (const [index, line] of lines.entries()) {
      const { input, output } = JSON.parse(line);
      const row = withFiles(input, join(models, name));
      const answers = { rest: await byRest(http, name, row), grpc: await byGrpc(predictor, name, row) };
      for (const [protocol, answer] of Object.entries(answers)) {
        counts[protocol] += 1;
        if (!isClose(answer, output, tolerance))
          wrong.push(`${name} ${index} by ${protocol}: ${JSON.stringify(answer)}`);
      }
    }
  }
  return { counts, wrong: wrong.slice(0, 5), wrongCount: wrong.length };
}

function withFiles(input, folder) {
  return Object.fromEntries(
    Object.entries(input).map(([field, value]) => [
      field,
      value?.$file === undefined ? value : readFileSync(join(folder, value.$file)),
    ]),
  );
}

async function byRest(url, model, row) {
  const asJson = Object.fromEntries(
    Object.entries(row).map(([field, value]) => [
      field,
      Buffer.isBuffer(value) ? { base64: value.toString('base64') } : value,
    ]),
  );
  const reply = await fetch(`${url}/v1/models/${model}/predict`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ rows: [asJson] }),
  });
  const json = await reply.json();
  return json.predictions?.[0] ?? json;
}

/** As the Open Inference Protocol carries a row: one tensor a field. */
async function byGrpc(predictor, model, row) {
  const given = Object.entries(row).filter(([, value]) => value !== null);
  const tensors = Object.fromEntries(
    given.map(([field, value]) => [field, { data: typeof value === 'number' ? Float64Array.of(value) : [value] }]),
  );
  const { outputs } = await predictor.infer(model, tensors, { level: 'row' });
  return outputs;
}

/** Over REST `{label, probabilities: {…}}`, over gRPC one tensor each, scores in the order of their classes. */
function isClose(answer, output, { absolute, relative }) {
  const isTensors = answer.label?.data !== undefined;
  const label = isTensors ? textOf(answer.label.data[0]) : answer.label;
  const scores = isTensors ? Array.from(answer.probabilities.data) : Object.values(answer.probabilities ?? {});
  const expected = Object.values(output.probabilities);
  const isNear = (value, index) => Math.abs(value - expected[index]) <= absolute + relative * Math.abs(expected[index]);
  return String(label) === String(output.label) && scores.length === expected.length && scores.every(isNear);
}

/** A string arrives as its bytes. */
function textOf(element) {
  return element instanceof Uint8Array ? new TextDecoder().decode(element) : element;
}

/**
 * Steady load of penguins rows over REST and gRPC until readiness turns false (a balancer would then send elsewhere), or for
 * `durationMs`. Counts answers and names failures.
 */
async function load({ http, grpc, concurrency = 8, durationMs = 20_000 }) {
  const endMs = performance.now() + durationMs;
  const state = { ready: true, rest: 0, grpc: 0, failures: [] };
  const isOn = () => state.ready && performance.now() < endMs;
  const watch = async () => {
    for (; isOn(); await new Promise((resolve) => setTimeout(resolve, 50)))
      state.ready = await fetch(`${http}/readyz`).then(
        ({ status }) => status === 200,
        () => false,
      );
  };
  // As behind a balancer: whoever calls does not watch the health of a server.
  using predictor = createGrpcPredictor({ addresses: [grpc], timeoutMs: 20_000, healthCheck: false });
  const row = { island: 'Dream', bill_length_mm: 50.6 };
  const calls = {
    rest: async () => {
      const answer = await byRest(http, 'penguins', row);
      if (answer.label !== 'Chinstrap') throw new Error(JSON.stringify(answer));
    },
    grpc: () => byGrpc(predictor, 'penguins', row),
  };
  const work = async (protocol) => {
    while (isOn()) {
      await calls[protocol]().then(
        () => (state[protocol] += 1),
        (error) => state.failures.push(`${protocol}: ${error.message}`),
      );
    }
  };
  await Promise.all([
    watch(),
    ...Array.from({ length: concurrency }, (_, index) => work(index % 2 === 0 ? 'rest' : 'grpc')),
  ]);
  return { ...state, failures: state.failures.slice(0, 5), failed: state.failures.length };
}
