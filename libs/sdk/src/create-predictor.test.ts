import { describe, expect, it } from 'vitest';
import { createPredictor } from './create-predictor.ts';
import { adelie, answerTo, json, predictions, problem, serve } from './testing/serve.ts';

const PNG = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]);
const JPEG = new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 0, 16]);
const WEBP = new TextEncoder().encode('RIFF\u0001\u0002\u0003\u0004WEBPVP8 ');

describe('predict', () => {
  it('sends one row and gives one prediction', async () => {
    await using server = await serve(predictions);

    const prediction = await createPredictor({ baseUrl: server.url }).models.penguins.predict({
      island: 'Dream',
      sex: null,
    });

    expect(prediction.label).toBe('Adelie');
    expect(server.seen).toMatchObject([{ method: 'POST', path: '/v1/models/penguins/predict' }]);
    expect(JSON.parse(server.seen[0]!.body.toString())).toEqual({ rows: [{ island: 'Dream', sex: null }] });
  });

  it('gives an array for an array, in order', async () => {
    await using server = await serve(predictions);
    const { penguins } = createPredictor({ baseUrl: server.url }).models;

    expect(await penguins.predict([{ island: 'Dream' }, { island: 'Biscoe' }])).toHaveLength(2);
    expect(await penguins.predict([{ island: 'Dream' }])).toHaveLength(1);
  });

  it.each([
    ['bytes', PNG, 'image/png'],
    ['a buffer', JPEG.buffer, 'image/jpeg'],
    ['a blob of no type', new Blob([WEBP]), 'image/webp'],
    ['a file whose type lies', new File([PNG], '3.jpg', { type: 'image/jpeg' }), 'image/png'],
    ['a file of an unknown kind', new File(['GIF89a'], '3.gif', { type: 'image/gif' }), 'image/gif'],
  ])('sends %s as a raw body of the type its bytes tell', async (_what, image, contentType) => {
    await using server = await serve(predictions);
    const { digits } = createPredictor({ baseUrl: server.url }).models;

    await digits.predict(image);
    await digits.predict({ image });

    const bytes = Buffer.from(await new Blob([image]).arrayBuffer());
    expect(server.seen.map(({ headers }) => headers['content-type'])).toEqual([contentType, contentType]);
    expect(server.seen.map(({ body }) => body)).toEqual([bytes, bytes]);
  });

  it('sends several images, and images in base64, as JSON', async () => {
    await using server = await serve(predictions);
    const { digits } = createPredictor({ baseUrl: server.url }).models;
    const base64 = Buffer.from(PNG).toString('base64');

    await digits.predict([PNG, { image: new Blob([PNG]) }, { base64 }]);
    await digits.predict({ base64 });

    const row = { image: { base64 } };
    expect(server.seen.map(({ body }) => JSON.parse(body.toString()) as unknown)).toEqual([
      { rows: [row, row, row] },
      { rows: [row] },
    ]);
  });

  it('sends what it was given, whatever is written over it afterwards', async () => {
    await using server = await serve(predictions);
    const predictor = createPredictor({ baseUrl: server.url });
    const image = PNG.slice();
    const numbers = Float32Array.of(1, 2);
    const base64 = Buffer.from(PNG).toString('base64');

    const calls = [
      predictor.models.digits.predict(image),
      predictor.models.digits.predict([image, new Blob([PNG])]),
      predictor.model('iris').predict([{ numbers, image: new Blob([PNG]) }]),
      predictor.model('iris').predict([numbers]),
    ];
    image.fill(9);
    numbers.fill(9);
    await Promise.all(calls);

    const bodies = server.seen.map(({ body }) => body.toString('latin1'));
    const row = { image: { base64 } };
    expect(bodies.sort()).toEqual(
      [
        Buffer.from(PNG).toString('latin1'),
        JSON.stringify({ rows: [row, row] }),
        JSON.stringify({ rows: [{ numbers: [1, 2], ...row }] }),
        JSON.stringify({ rows: [[1, 2]] }),
      ].sort(),
    );
  });

  it('sends the elements of a Buffer, as of any view, and no methods', async () => {
    await using server = await serve(predictions);
    const { predict } = createPredictor({ baseUrl: server.url }).models.penguins;
    const row = { bytes: Buffer.of(1, 2), toJSON: () => ({ other: 1 }), left: undefined, then: 1 };

    await predict([row as never, { ['__proto__']: 1 } as never]);

    expect(server.seen[0]?.body.toString()).toBe('{"rows":[{"bytes":[1,2],"then":1},{"__proto__":1}]}');
  });

  it('asks for a version by name', async () => {
    await using server = await serve(predictions);

    await createPredictor({ baseUrl: server.url }).models.penguins.predict(
      { island: 'Dream' },
      { version: '1.0.0-rc.1' },
    );

    expect(server.seen[0]?.path).toBe('/v1/models/penguins/versions/1.0.0-rc.1/predict');
  });

  it('lets rows fail alone, each with its own error', async () => {
    const mismatch = { row: 1, field: 'island', expected: 'an island', got: '"x"' };
    await using server = await serve((response, seen) => {
      const error = { code: 'INPUT_MISMATCH', detail: 'Field "island" of row 1 is wrong.', details: [mismatch] };
      const unknown = { error: { code: 'NEW_ONE', detail: 'New.' } };
      json(response, 200, { ...answerTo(seen), predictions: [adelie, { error }, unknown] });
    });
    const { penguins } = createPredictor({ baseUrl: `${server.url}/gate?key=k` }).models;
    const rows = [{ island: 'Dream' }, { island: 'x' as 'Dream' }, { island: 'Biscoe' }] as const;

    const outcomes = await penguins.predict(rows, { onError: 'row' });

    expect(server.seen[0]?.path).toBe('/gate/v1/models/penguins/predict?key=k&onError=row');
    expect(outcomes).toMatchObject([
      { ok: true, row: 0, prediction: { label: 'Adelie' } },
      { ok: false, row: 1, error: { name: 'InputMismatchError', requestId: 'req-1', details: [mismatch] } },
      { ok: false, row: 2, error: { name: 'ResponseError', code: 'NEW_ONE', message: 'New.' } },
    ]);
  });

  it('takes an error in the place of a prediction for one only where rows may fail alone', async () => {
    const error = { code: 'INPUT_MISMATCH', detail: 'x' };
    await using server = await serve((response, seen) =>
      json(response, 200, { ...answerTo(seen), predictions: [{ error }] }),
    );

    const call = createPredictor({ baseUrl: server.url }).models.penguins.predict([{ island: 'Dream' }]);

    await expect(call).rejects.toMatchObject({ code: 'INVALID_RESPONSE' });
  });

  it('gives an output called error as what it is', async () => {
    await using server = await serve((response, seen) =>
      json(response, 200, { ...answerTo(seen), predictions: [{ error: { low: 0.1 } }] }),
    );

    const outcomes = await createPredictor({ baseUrl: server.url }).model('gauge').predict([{}], { onError: 'row' });

    expect(outcomes).toEqual([{ ok: true, row: 0, prediction: { error: { low: 0.1 } } }]);
  });

  it('tells what came with the answer', async () => {
    await using server = await serve(predictions);

    const answer = await createPredictor({ baseUrl: server.url })
      .models.penguins.predict({ island: 'Dream' })
      .withResponse();

    expect(answer).toMatchObject({ requestId: 'req-1', model: { version: '1.0.0' }, timing: { inferMs: 1 } });
    expect(answer.response.status).toBe(200);
    expect(answer.data.label).toBe('Adelie');
  });

  it('leaves no rejection unhandled when only withResponse is awaited', async () => {
    await using server = await serve((response) => problem(response, 404, 'MODEL_NOT_FOUND'));
    const unhandled: unknown[] = [];
    const note = (error: unknown): number => unhandled.push(error);
    process.on('unhandledRejection', note);
    const { penguins } = createPredictor({ baseUrl: server.url }).models;

    await expect(penguins.predict({ island: 'Dream' }).withResponse()).rejects.toMatchObject({
      code: 'MODEL_NOT_FOUND',
    });
    await expect(penguins.predict({ island: 'Dream' })).rejects.toMatchObject({ code: 'MODEL_NOT_FOUND' });
    await expect(penguins.predict({ island: 'Dream' }).finally(() => {})).rejects.toMatchObject({ status: 404 });
    await new Promise((resolve) => setImmediate(resolve));

    process.off('unhandledRejection', note);
    expect(unhandled).toEqual([]);
  });

  it.each([
    ['undefined', undefined],
    ['function', () => 1],
    ['symbol', Symbol('x')],
    ['Promise', Promise.resolve({ island: 'Dream' })],
  ])('refuses a row that is %s', async (what, row) => {
    const iris = createPredictor({ baseUrl: 'http://127.0.0.1:9' }).model('iris');
    const message = `The value of "row" is ${what}, which JSON cannot carry. Send null for a missing value.`;
    const refusal = { code: 'INVALID_INPUT', message };

    await expect(iris.predict(row as never)).rejects.toMatchObject(refusal);
    await expect(iris.predict([{}, row])).rejects.toMatchObject(refusal);
    await expect(iris.predict(Array.from({ length: 1 }, () => row))).rejects.toMatchObject(refusal);
  });

  it('refuses rows that hold themselves, and those that fail when they are read, with their error as the cause', async () => {
    const predictor = createPredictor({ baseUrl: 'http://127.0.0.1:9' });
    const cyclic: Record<string, unknown> = {};
    cyclic['self'] = cyclic;
    const broken = {
      get x() {
        throw new RangeError('No x.');
      },
    };

    const calls = [
      predictor.model('iris').predict(cyclic),
      predictor.model('iris').predict([broken]),
      predictor.infer('iris', {}, { parameters: cyclic as never }),
    ];

    for (const [call, name] of calls.map(
      (it, index) => [it, ['TypeError', 'RangeError', 'TypeError'][index]] as const,
    )) {
      await expect(call).rejects.toMatchObject({ code: 'INVALID_INPUT', cause: { name } });
    }
  });

  it('refuses what JSON would silently change', async () => {
    const { penguins } = createPredictor({ baseUrl: 'http://127.0.0.1:9' }).models;

    await expect(penguins.predict({ island: 'Dream', body_mass_g: NaN })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      message: 'The value of "body_mass_g" is NaN, which JSON cannot carry. Send null for a missing value.',
    });
  });
});

describe('model by name', () => {
  it('predicts with any name, rows of any shape, and typed arrays', async () => {
    await using server = await serve(predictions);
    const iris = createPredictor({ baseUrl: server.url }).model('iris/v 2');

    await iris.predict({ x: new Float32Array([1, 2.5]), id: 12n });
    await iris.predict([[1, 2, 3]]);

    expect(server.seen[0]?.path).toBe('/v1/models/iris%2Fv%202/predict');
    expect(server.seen.map(({ body }) => body.toString())).toEqual([
      '{"rows":[{"x":[1,2.5],"id":12}]}',
      '{"rows":[[1,2,3]]}',
    ]);
  });

  it('refuses names that climb out of the path', async () => {
    const predictor = createPredictor({ baseUrl: 'http://127.0.0.1:9' });

    for (const name of ['', '.', '..', 'half \ud83d']) {
      const message = `${JSON.stringify(name)} is no name of a model or version.`;
      for (const call of [
        predictor.model(name).predict({}),
        predictor.model('iris').predict({}, { version: name }),
        predictor.infer(name, {}),
        predictor.model(name).describe(),
      ]) {
        await expect(call).rejects.toMatchObject({ code: 'INVALID_INPUT', message });
      }
    }
  });

  it('describes a model as the server does', async () => {
    await using server = await serve((response) => json(response, 200, { name: 'penguins', task: 'x' }));

    expect(await createPredictor({ baseUrl: server.url }).models.penguins.describe()).toEqual({
      name: 'penguins',
      task: 'x',
    });
    expect(server.seen[0]).toMatchObject({ method: 'GET', path: '/v1/models/penguins' });
  });
});

describe('server', () => {
  it('lists models, tells versions, and behind a gateway keeps prefix and query', async () => {
    await using server = await serve((response, { path }) =>
      json(response, 200, path.includes('/models') ? { models: [{ name: 'a' }] } : { version: '0.1.0' }),
    );
    const predictor = createPredictor({ baseUrl: `${server.url}/gate/?key=k#x` });

    expect(await predictor.listModels()).toEqual([{ name: 'a' }]);
    expect((await predictor.server()).version).toBe('0.1.0');
    expect(server.seen.map(({ path }) => path)).toEqual(['/gate/v1/models?key=k', '/gate/v1/server?key=k']);
  });

  it('is ready with 200, not with 503, and says so at once', async () => {
    await using server = await serve((response, _seen, attempt) => json(response, attempt === 1 ? 503 : 200, {}));
    const predictor = createPredictor({ baseUrl: server.url });

    expect(await predictor.ready()).toBe(false);
    expect(await predictor.ready()).toBe(true);
    expect(server.seen).toHaveLength(2);
  });
});

describe('baseUrl', () => {
  it.each(['', 'no url', 'ftp://host', 'http://user:s3cret@host'])('refuses %j without repeating it', (baseUrl) => {
    const create = (): unknown => createPredictor({ baseUrl });

    expect(create).toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }) as Error);
    expect(create).not.toThrow(/s3cret/);
  });
});
