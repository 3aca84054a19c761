import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { call, postJson, predict } from './testing/call.ts';
import { GrpcTransports } from './testing/grpc-transports.ts';
import { mountFile, type MountedFile } from './testing/mounted-file.ts';
import {
  enginePids,
  runPredictor,
  startPredictor,
  workspaceRoot,
  type PredictorProcess,
} from './testing/predictor-process.ts';
import { restJson } from './testing/rest-transports.ts';
import { rawBytes, type TestTensor } from './testing/wire-tensor.ts';

const penguins = join(workspaceRoot, 'models/penguins');
const digits = join(workspaceRoot, 'models/digits');
const chinstrap = { island: 'Dream', bill_length_mm: 50.6, body_mass_g: 3800 };
/** The same row as tensors of the row level. */
const chinstrapRow: readonly TestTensor[] = [
  { name: 'island', datatype: 'BYTES', shape: [1], values: ['Dream'] },
  { name: 'bill_length_mm', datatype: 'FP64', shape: [1], values: [50.6] },
  { name: 'body_mass_g', datatype: 'FP64', shape: [1], values: [3800] },
];
const sessionInputs: readonly TestTensor[] = [
  { name: 'island', datatype: 'BYTES', shape: [1, 1], values: ['Dream'] },
  { name: 'sex', datatype: 'BYTES', shape: [1, 1], values: ['missing'] },
  ...['bill_length_mm', 'bill_depth_mm', 'flipper_length_mm', 'body_mass_g'].map((name) => ({
    name,
    datatype: 'FP32',
    shape: [1, 1],
    values: [{ bill_length_mm: 50.6, body_mass_g: 3800 }[name] ?? NaN],
  })),
];

const first = `
models:
  penguins:
    labels: { Chinstrap: chinstrap penguin }
    minScore: 0.6
    otherwise: unknown
    input: { bill_length_mm: { min: 30, max: 60 } }
`;
const second = `
models:
  penguins: { thresholds: { Chinstrap: 0.99 }, labels: { Adelie: Adélie penguin } }
  digits: { enabled: false }
`;
const invalid = 'models: { pinguins: {}, penguins: { thresholds: { Chinstrp: 0.5 }, minScore: 0.5 } }\n';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const bytes = (...texts: string[]): string => rawBytes('BYTES', texts).toString('hex');

describe('overrides', () => {
  let file: MountedFile;
  let server: PredictorProcess;
  let grpc: GrpcTransports;
  let digest: string;
  let engines: readonly number[];

  const event = async (name: string, count = 1): Promise<Record<string, unknown>> =>
    (await server.logLines((line) => line.includes(`"event":"overrides ${name}"`), count)).at(-1)!;
  const description = async () => (await call(`${server.url}/v1/models/penguins`)).json;

  beforeAll(async () => {
    file = await mountFile('overrides.yaml', first);
    server = await startPredictor([penguins, digits], { OVERRIDES: file.path });
    grpc = new GrpcTransports(/gRPC\s+(\S+)/.exec(server.output().stderr)?.[1] ?? '');
    digest = (await description()).digest;
    engines = await enginePids(server.child);
  }, 60_000);

  afterAll(async () => {
    grpc[Symbol.dispose]();
    await server[Symbol.asyncDispose]();
    await file[Symbol.asyncDispose]();
  });

  it('answers under the labels of the file, and names it', async () => {
    const { status, json } = await predict(server.url, 'penguins', [chinstrap]);

    expect(status).toBe(200);
    expect(json.model).toEqual({ name: 'penguins', version: '1.0.0', digest, overrides: sha256(first).slice(0, 12) });
    expect(json.predictions[0].label).toBe('chinstrap penguin');
    expect(Object.keys(json.predictions[0].probabilities)).toEqual(['Adelie', 'chinstrap penguin', 'Gentoo']);
  });

  it('answers "otherwise" below the least score, and refuses what the narrower range does', async () => {
    const unclear = await predict(server.url, 'penguins', [{ island: 'Dream', bill_length_mm: 44 }]);
    const scores: number[] = Object.values(unclear.json.predictions[0].probabilities);
    expect(Math.max(...scores)).toBeLessThan(0.6);
    expect(unclear.json.predictions[0].label).toBe('unknown');

    const outside = await predict(server.url, 'penguins', [{ island: 'Dream', bill_length_mm: 29 }]);
    expect(outside.json).toMatchObject({
      code: 'INPUT_MISMATCH',
      details: [{ field: 'bill_length_mm', expected: 'number from 30 to 60 (mm)' }],
    });
  });

  it('answers rows of the protocol alike over REST and gRPC, and tensors as the model does', async () => {
    for (const transport of [restJson(server.url), grpc.raw, grpc.typed]) {
      const row = await transport('penguins', chinstrapRow, { level: 'row' });
      expect(row['label']).toEqual({ datatype: 'BYTES', shape: [1], hex: bytes('chinstrap penguin') });
      expect(row['probabilities']?.shape).toEqual([1, 3]);
      const tensor = await transport('penguins', sessionInputs, { level: 'tensor' });
      expect(tensor['output_label']?.hex).toBe(bytes('Chinstrap'));
    }
  });

  it('names the file in answers of the protocol, but for tensors, and in the log lines of both ports', async () => {
    const overrides = sha256(first).slice(0, 12);
    const infer = (level: string, inputs: readonly TestTensor[]) =>
      postJson(
        `${server.url}/v2/models/penguins/infer`,
        JSON.stringify({
          parameters: { level },
          inputs: inputs.map(({ values, ...rest }) => ({
            ...rest,
            data: values.map((value) => (Number.isNaN(value) ? null : value)),
          })),
        }),
      );
    expect((await infer('row', chinstrapRow)).json.parameters).toEqual({ overrides });
    const tensor = await infer('tensor', sessionInputs);
    expect([tensor.status, tensor.json.parameters]).toEqual([200, undefined]);

    await grpc.raw('penguins', chinstrapRow, { level: 'row' });
    for (const method of ['POST', 'gRPC']) {
      const isOf = (line: string): boolean => line.includes(`"method":"${method}"`) && line.includes('"overrides":"');
      expect((await server.logLines(isOf, 1))[0]).toMatchObject({ model: 'penguins', overrides });
    }
  });

  it('shows callers the signature they meet, and what made it', async () => {
    const { signature, overrides, examples, digest: shown } = await description();
    expect(signature.output.label.values).toEqual(['Adelie', 'chinstrap penguin', 'Gentoo', 'unknown']);
    expect(signature.output.probabilities.labels).toEqual(['Adelie', 'chinstrap penguin', 'Gentoo']);
    expect(overrides).toMatchObject({ sha256: sha256(first), minScore: 0.6, otherwise: 'unknown' });
    expect(examples.map((example: { output: { label: string } }) => example.output.label)).toContain(
      'chinstrap penguin',
    );
    expect(shown).toBe(digest);

    const openapi = (await call(`${server.url}/openapi.json`)).json.components.schemas;
    expect(openapi.PenguinsPrediction.properties.label.enum).toContain('chinstrap penguin');
    expect(openapi.PenguinsRow.properties.bill_length_mm).toMatchObject({ minimum: 30, maximum: 60 });
    expect((await call(`${server.url}/v1/server`)).json.overrides).toEqual({
      sha256: sha256(first),
      models: ['penguins'],
    });
    const metrics = (await call(`${server.url}/metrics`)).text;
    expect(metrics).toContain(`web_single_overrides_info{sha256="${sha256(first)}"} 1`);
  });

  it('takes a swapped file over without a failed request or another engine', async () => {
    const statuses = new Set<number>();
    const changed = { seen: false };
    const caller = async (): Promise<void> => {
      while (!changed.seen) {
        statuses.add((await predict(server.url, 'penguins', [chinstrap])).status);
        await grpc.raw('penguins', chinstrapRow, { level: 'row' });
      }
    };
    const calling = caller();
    await file.write(second);
    expect(await event('changed')).toMatchObject({ sha256: sha256(second), models: ['penguins', 'digits'] });
    changed.seen = true;
    await calling;

    expect([...statuses]).toEqual([200]);
    expect(engines.length).toBeGreaterThan(0);
    expect(await enginePids(server.child)).toEqual(engines);
    const { json } = await predict(server.url, 'penguins', [chinstrap]);
    expect(json.model).toMatchObject({ digest, overrides: sha256(second).slice(0, 12) });
    // Its score is below the threshold: the best of the others is the answer.
    expect(json.predictions[0].probabilities.Chinstrap).toBeGreaterThan(0.9);
    expect(json.predictions[0].label).toBe('Gentoo');
    const row = await grpc.raw('penguins', chinstrapRow, { level: 'row' });
    expect(row['label']?.hex).toBe(bytes('Gentoo'));
    const scores = Buffer.from(row['probabilities']?.hex ?? '', 'hex');
    expect(scores.readDoubleLE(8)).toBe(json.predictions[0].probabilities.Chinstrap);
    expect((await description()).signature.output.label.values).toEqual(['Adélie penguin', 'Chinstrap', 'Gentoo']);
  });

  it('refuses predictions of a model that is switched off, and stays ready', async () => {
    const off = await predict(server.url, 'digits', [{}]);
    expect(off.status).toBe(503);
    expect(off.json).toMatchObject({
      code: 'MODEL_NOT_READY',
      detail: 'Model "digits" version 1.0.0 is switched off by its operator.',
    });
    await expect(grpc.raw('digits', [])).rejects.toThrow('is switched off');
    expect((await call(`${server.url}/v2/models/digits/ready`)).status).toBe(503);
    const ready = await call(`${server.url}/readyz`);
    expect(ready.status).toBe(200);
    expect(ready.json.models).toContainEqual({ name: 'digits', version: '1.0.0', state: 'disabled' });
  });

  it('keeps the old file where the new one is wrong, and names all problems', async () => {
    await file.write(invalid);

    expect(await event('refused')).toMatchObject({
      inForce: sha256(second),
      problems: [
        expect.stringContaining('/models/pinguins: There is no model of this name (did you mean "penguins"?)'),
        expect.stringContaining('/models/penguins/thresholds/Chinstrp: Expected one of the labels'),
        expect.stringContaining('/models/penguins/otherwise: Expected the answer to rows below "minScore"'),
      ],
    });
    const { json } = await predict(server.url, 'penguins', [chinstrap]);
    expect(json.model.overrides).toBe(sha256(second).slice(0, 12));
    expect((await call(`${server.url}/metrics`)).text).toContain('web_single_overrides_refused_total 1');
  });

  it('is the model alone again when the file says nothing of it', async () => {
    await file.write('models: {}\n');
    await event('changed', 2);

    const { json } = await predict(server.url, 'penguins', [chinstrap]);
    expect(json.model).toEqual({ name: 'penguins', version: '1.0.0', digest });
    expect(json.predictions[0].label).toBe('Chinstrap');
    expect((await description()).overrides).toBeUndefined();
  });
});

describe('a start with overrides that cannot be used', () => {
  it('ends with 2 and every problem', async () => {
    await using file = await mountFile('overrides.yaml', invalid);
    const { code, stderr } = await runPredictor(['serve', penguins, '--port', '0'], { OVERRIDES: file.path });

    expect(code).toBe(2);
    expect(stderr.split('\n').filter((line) => line.startsWith('  - '))).toHaveLength(3);
    expect(stderr).toContain('The overrides (OVERRIDES) cannot be used:');
  });

  it('ends with 2 where there is no such file', async () => {
    const { code, stderr } = await runPredictor(['serve', penguins, '--port', '0'], { OVERRIDES: '/nowhere/o.yaml' });

    expect([code, stderr]).toEqual([
      2,
      'The overrides (OVERRIDES) cannot be used:\n  - o.yaml: The file is missing.\n',
    ]);
  });
});
