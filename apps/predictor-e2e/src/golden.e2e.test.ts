import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { call, predict } from './testing/call.ts';
import { startPredictor, workspaceRoot, type PredictorProcess } from './testing/predictor-process.ts';

interface Golden {
  readonly tolerance: { absolute: number; relative: number };
  readonly cases: {
    input: Record<string, unknown>;
    output: { label: unknown; probabilities: Record<string, number> };
  }[];
}

function readGolden(model: string): Golden {
  const [first = '', ...lines] = readFileSync(join(workspaceRoot, 'models', model, 'golden.jsonl'), 'utf8')
    .trim()
    .split('\n');
  return { tolerance: JSON.parse(first).tolerance, cases: lines.map((line) => JSON.parse(line)) };
}

function expectClose(
  got: Golden['cases'][0]['output'],
  expected: Golden['cases'][0]['output'],
  { tolerance }: Golden,
): void {
  expect(got.label).toBe(expected.label);
  expect(Object.keys(got.probabilities)).toEqual(Object.keys(expected.probabilities));
  for (const [label, probability] of Object.entries(expected.probabilities)) {
    const difference = Math.abs((got.probabilities[label] ?? NaN) - probability);
    expect(difference).toBeLessThanOrEqual(tolerance.absolute + tolerance.relative * Math.abs(probability));
  }
}

const readFileOf = (model: string, file: string): Buffer => readFileSync(join(workspaceRoot, 'models', model, file));

describe('golden cases through HTTP', () => {
  let server: PredictorProcess;
  beforeAll(async () => void (server = await startPredictor()));
  afterAll(async () => server[Symbol.asyncDispose]());

  it('penguins: all in one request answers what the training side recorded', async () => {
    const golden = readGolden('penguins');
    const reply = await predict(
      server.url,
      'penguins',
      golden.cases.map(({ input }) => input),
    );
    expect(reply.status).toBe(200);
    expect(golden.cases.length).toBeGreaterThanOrEqual(50);
    for (const [index, { output }] of golden.cases.entries())
      expectClose(reply.json.predictions[index], output, golden);
  });

  it('penguins: one by one answers the same', async () => {
    const golden = readGolden('penguins');
    for (const { input, output } of golden.cases) {
      const reply = await predict(server.url, 'penguins', [input]);
      expectClose(reply.json.predictions[0], output, golden);
    }
  });

  it('digits: the same file as raw body, as base64 and as a multipart part', async () => {
    const golden = readGolden('digits');
    expect(golden.cases.length).toBeGreaterThanOrEqual(50);
    for (const { input, output } of golden.cases) {
      const { $file: file } = input['image'] as { $file: string };
      const bytes = new Uint8Array(readFileOf('digits', file));
      const type = file.endsWith('.png') ? 'image/png' : 'image/jpeg';
      const url = `${server.url}/v1/models/digits/predict`;
      const form = new FormData();
      form.set('image', new Blob([bytes], { type }), 'picture');
      const replies = await Promise.all([
        call(url, { method: 'POST', body: bytes, headers: { 'content-type': type } }),
        predict(server.url, 'digits', [{ image: { base64: Buffer.from(bytes).toString('base64') } }]),
        call(url, { method: 'POST', body: form }),
      ]);
      for (const reply of replies) {
        expect(reply.status).toBe(200);
        expectClose(reply.json.predictions[0], output, golden);
      }
    }
  });

  it('answers the same under concurrency, whoever shares the batch', async () => {
    const golden = readGolden('penguins');
    const alone = await Promise.all(golden.cases.map(({ input }) => predict(server.url, 'penguins', [input])));
    const again = await Promise.all(golden.cases.map(({ input }) => predict(server.url, 'penguins', [input])));
    expect([...alone, ...again].filter(({ status }) => status !== 200).map(({ text }) => text)).toEqual([]);
    for (const [index, { output }] of golden.cases.entries()) {
      expectClose(alone[index]?.json.predictions[0], output, golden);
      expectClose(again[index]?.json.predictions[0], output, golden);
    }
  });
});
