import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPredictor, isPredictorError } from '@web-single/sdk';
import { predictMany } from '@web-single/sdk/many';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runPredictor, startPredictor, workspaceRoot, type PredictorProcess } from './testing/predictor-process.ts';

const png = readFileSync(join(workspaceRoot, 'models/digits/golden/1.png'));
const [, firstCase = ''] = readFileSync(join(workspaceRoot, 'models/digits/golden.jsonl'), 'utf8').split('\n');

describe('the SDK against the built server', () => {
  let server: PredictorProcess;
  beforeAll(async () => void (server = await startPredictor()));
  afterAll(async () => server[Symbol.asyncDispose]());

  it('predicts one row and many, with literal labels', async () => {
    const predictor = createPredictor({ baseUrl: server.url });
    const one = await predictor.models.penguins.predict({ island: 'Dream', bill_length_mm: 46.5, sex: null });
    const many = await predictor.models.penguins.predict([
      { island: 'Dream', bill_length_mm: 46.5, sex: null },
      { island: 'Biscoe' },
    ]);
    const label: 'Adelie' | 'Chinstrap' | 'Gentoo' = one.label;
    expect(many).toHaveLength(2);
    expect(many[0]?.label).toBe(label);
  });

  it.each([
    ['bytes', () => new Uint8Array(png)],
    ['an ArrayBuffer', () => new Uint8Array(png).buffer],
    ['a Blob', () => new Blob([new Uint8Array(png)])],
    ['a File', () => new File([new Uint8Array(png)], 'digit.png', { type: 'image/png' })],
    ['a row', () => ({ image: new Blob([new Uint8Array(png)]) })],
  ])('predicts a picture given as %s', async (_, picture) => {
    const predictor = createPredictor({ baseUrl: server.url });
    const { label } = await predictor.models.digits.predict(picture() as Blob);
    expect(label).toBe(JSON.parse(firstCase).output.label);
  });

  it('says with which model it spoke', async () => {
    const { data, model, requestId, response } = await createPredictor({ baseUrl: server.url })
      .models.penguins.predict({ island: 'Torgersen' })
      .withResponse();
    expect(data.label).toBe('Adelie');
    expect(model).toMatchObject({ name: 'penguins', version: '1.0.0' });
    expect(response.headers.get('x-request-id')).toBe(requestId);
  });

  it('predicts many rows in batches, in order, and lets rows fail alone', async () => {
    const { penguins, digits } = createPredictor({ baseUrl: server.url }).models;
    const rows = Array.from({ length: 500 }, (_, index) => ({
      island: (index === 321 ? 'Mars' : 'Dream') as 'Dream',
      bill_length_mm: 30 + (index % 30),
    }));

    const outcomes = await predictMany(penguins, rows, { batchRows: 64, concurrency: 3, onError: 'row' });
    const good = rows.filter((_, index) => index !== 321);
    const together = await penguins.predict(good);

    expect(outcomes.map(({ row }) => row)).toEqual(rows.map((_, index) => index));
    const predicted = outcomes.flatMap((outcome) => (outcome.ok ? [outcome.prediction] : []));
    expect(predicted).toEqual(together);
    expect(outcomes[321]).toMatchObject({ ok: false, error: { code: 'INPUT_MISMATCH', details: [{ row: 321 }] } });
    expect(outcomes[321]).toMatchObject({ error: { message: expect.stringContaining('of row 321') as string } });
    await expect(predictMany(penguins, rows, { batchRows: 64 })).rejects.toMatchObject({ details: [{ row: 321 }] });
    const pictures = Array<Blob>(7).fill(new Blob([new Uint8Array(png)]));
    expect(await predictMany(digits, pictures, { batchRows: 3 })).toHaveLength(7);
  });

  it('splits a batch that is more than the server takes', async () => {
    const { digits } = createPredictor({ baseUrl: server.url }).models;
    const pictures = Array<Blob>(300).fill(new Blob([new Uint8Array(png)]));

    await expect(digits.predict(pictures)).rejects.toMatchObject({ code: 'PAYLOAD_TOO_LARGE' });
    expect(await predictMany(digits, pictures, { batchRows: 300 })).toHaveLength(300);
  });

  it('throws typed errors that name the field', async () => {
    const predictor = createPredictor({ baseUrl: server.url });
    const error: unknown = await predictor.models.penguins
      .predict({ island: 'Mars' as 'Dream' })
      .catch((reason: unknown) => reason);
    expect(isPredictorError(error) && error.code === 'INPUT_MISMATCH' && error.details[0]?.field).toBe('island');
  });

  it('writes a client for anyone from a running server', { timeout: 120_000 }, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'web-single-client-'));
    try {
      const { code } = await runPredictor(['sdk', '--from', server.url, '--out', join(folder, 'client')]);
      expect(code).toBe(0);
      const source = `import { createPredictor } from './client/index.js';
        import { predictMany } from './client/many.js';
        import { predictOptions } from './client/react.js';
        const predictor = createPredictor({ baseUrl: process.argv[2] ?? '' });
        const { penguins } = predictor.models;
        const outcomes = await predictMany(penguins, [{ island: 'Dream' }, { island: 'Java' as 'Dream' }], { onError: 'row', batchRows: 1 });
        const told = outcomes.map((outcome) => outcome.ok ? outcome.prediction.label : outcome.error.code);
        const query = predictOptions(penguins, { island: 'Torgersen' });
        const torgersen: 'Adelie' | 'Chinstrap' | 'Gentoo' = (await query.queryFn({ signal: new AbortController().signal })).label;
        console.log(told.join(), torgersen, query.queryKey.join());
        const { label } = await predictor.models.penguins.predict({ island: 'Biscoe', body_mass_g: 5500, bill_depth_mm: 15 });
        const known: 'Adelie' | 'Chinstrap' | 'Gentoo' = label;
        console.log(known);`;
      writeFileSync(join(folder, 'good.mts'), source);
      writeFileSync(join(folder, 'bad.mts'), source.replace("'Biscoe'", "'Mars'"));
      const compilerOptions = {
        strict: true,
        module: 'nodenext',
        target: 'es2022',
        lib: ['es2022', 'dom'],
        noEmit: true,
        typeRoots: [join(workspaceRoot, 'node_modules/@types')],
        types: ['node'],
      };
      const files = ['good.mts', 'bad.mts'];
      writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files }));
      const tsc = join(workspaceRoot, 'node_modules/typescript/bin/tsc');
      const { stdout } = spawnSync(process.execPath, [tsc, '--pretty', 'false', '-p', folder], { encoding: 'utf8' });
      expect(stdout).toMatch(/bad\.mts\([\s\S]*"Mars"/);
      expect(stdout).not.toContain('good.mts(');
      const printed = execFileSync(process.execPath, [join(folder, 'good.mts'), server.url], { encoding: 'utf8' });
      expect(printed.trim().split('\n')).toEqual([
        expect.stringMatching(/^\w+,INPUT_MISMATCH Adelie web-single,models,penguins,predict,,/),
        'Gentoo',
      ]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
