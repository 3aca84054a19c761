import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { call, predict, type Reply } from './testing/call.ts';
import { startPredictor, workspaceRoot, type PredictorProcess } from './testing/predictor-process.ts';

const fixtures = join(workspaceRoot, 'libs/model-package/fixtures');

/** What the original library answered for `rows`; probabilities as pairs, so that labels keep their type. */
interface Recorded {
  readonly tolerance: number;
  readonly rows: Record<string, unknown>[];
  readonly outputs: { readonly label: unknown; readonly probabilities: [label: unknown, probability: number][] }[];
}

const expected: Record<string, Recorded> = JSON.parse(readFileSync(join(fixtures, 'expected.json'), 'utf8'));

/** Default exports of classifiers, with what the library itself predicted. */
const CLASSIFIERS = [
  'logistic-binary-int',
  'logistic-binary-string',
  'logistic-multi-int',
  'logistic-multi-string',
  'forest-binary-int',
  'forest-string',
  'boosting-int',
  'boosting-binary-string',
  'boosting-double',
  'svc-probability',
  'mlp-string',
  'mlp-binary-int',
  'knn-int',
  'knn-string',
  'frame-error',
  'frame-ignore',
  'frame-double',
];

describe('a bare .onnx file answers typed predictions with no manifest', () => {
  let server: PredictorProcess;
  beforeAll(async () => {
    server = await startPredictor(
      [...CLASSIFIERS, 'forest-regressor', 'forest-regressor-double', 'torch-inline', 'torch-data', 'tfidf'].map(
        (name) => join(fixtures, `${name}.onnx`),
      ),
    );
  }, 60_000);
  afterAll(async () => server[Symbol.asyncDispose]());

  it.each(CLASSIFIERS)('%s: label and probabilities as the library gave them', async (name) => {
    const { rows, outputs, tolerance } = expected[name] as Recorded;
    const reply = await predict(server.url, name, rows);
    expect([reply.status, reply.json.detail]).toEqual([200, undefined]);
    for (const [index, { label, probabilities }] of outputs.entries()) {
      const prediction = reply.json.predictions[index];
      expect(prediction.label).toStrictEqual(label);
      expect(Object.keys(prediction)).toEqual(['label', 'probabilities']);
      expect(Object.keys(prediction.probabilities)).toEqual(probabilities.map(([of]) => String(of)));
      for (const [of, probability] of probabilities) {
        expect(Math.abs(prediction.probabilities[String(of)] - probability)).toBeLessThanOrEqual(tolerance);
      }
    }
  });

  it('everything else answers its outputs by their own names', async () => {
    const { rows } = expected['forest-regressor'] as Recorded;
    const reply: Reply = await predict(server.url, 'forest-regressor', rows);
    expect(reply.json.predictions).toEqual(rows.map(() => ({ variable: expect.any(Number) })));
  });

  it('a forest exported from float64 samples, which the runtime refuses as it is, answers as the library', async () => {
    const { rows, outputs, tolerance } = expected['forest-regressor-double'] as Recorded;
    const reply = await predict(server.url, 'forest-regressor-double', rows);
    for (const [index, output] of outputs.entries()) {
      const { variable } = output as unknown as { variable: number };
      expect(Math.abs(reply.json.predictions[index].variable - variable)).toBeLessThanOrEqual(tolerance);
    }
  });

  it('a model with one input also takes the bare array', async () => {
    const { rows } = expected['logistic-multi-string'] as Recorded;
    const named = await predict(server.url, 'logistic-multi-string', rows);
    const bare = await predict(
      server.url,
      'logistic-multi-string',
      rows.map((row) => Object.values(row)[0]),
    );
    expect(bare.status).toBe(200);
    expect(bare.json.predictions).toEqual(named.json.predictions);
  });

  it('lists what was guessed as assumptions', async () => {
    const { json } = await call(`${server.url}/v1/models/forest-regressor`);
    expect(Array.isArray(json.assumptions)).toBe(true);
  });
});

describe('--columns', () => {
  it('names the columns of a matrix', async () => {
    const columns = ['a', 'b', 'c', 'd'];
    await using server = await startPredictor([
      join(fixtures, 'logistic-multi-string.onnx'),
      '--columns',
      columns.join(','),
      '--name',
      'flowers',
    ]);
    const { rows } = expected['logistic-multi-string'] as Recorded;
    const values = rows.map((row) => Object.values(row)[0] as number[]);
    const reply = await predict(
      server.url,
      'flowers',
      values.map((row) => Object.fromEntries(columns.map((name, index) => [name, row[index]]))),
    );
    expect(reply.status).toBe(200);
    expect(reply.json.predictions).toHaveLength(rows.length);
    const missing = await predict(server.url, 'flowers', [{ a: 1, b: 2, c: 3 }]);
    expect(missing.json.details).toMatchObject([{ row: 0, field: 'd' }]);
  });
});
