import { hashKey } from '@tanstack/query-core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPredictor } from '../create-predictor.ts';
import { digestOf } from './digest.ts';
import { modelKey, modelOptions, modelsOptions, predictOptions } from './index.ts';

const predictor = createPredictor({ baseUrl: 'http://127.0.0.1:9' });
const { penguins, digits } = predictor.models;
const iris = predictor.model('iris');

const keyOf = (row: unknown): string => hashKey(predictOptions(iris, row as never).queryKey);

describe('keys', () => {
  it('begin with the model, and all of them with the list of models', () => {
    const list = modelsOptions(predictor).queryKey;
    const model = modelKey(penguins);

    expect(list).toEqual(['web-single', 'models']);
    expect(model).toEqual(['web-single', 'models', 'penguins']);
    expect(modelOptions(penguins).queryKey).toEqual([...model, 'describe']);
    expect(predictOptions(penguins, { island: 'Dream' }, { version: '2' }).queryKey).toEqual([
      ...model,
      'predict',
      '2',
      { island: 'Dream' },
    ]);
  });

  it('of two predictors are told apart by a scope', () => {
    const scope = 'staging';

    expect(modelsOptions(predictor, { scope }).queryKey).toEqual(['staging', 'models']);
    expect(modelKey(penguins, { scope })).toEqual(['staging', 'models', 'penguins']);
    expect(predictOptions(penguins, { island: 'Dream' }, { scope }).queryKey[0]).toBe('staging');
    expect(modelOptions(penguins, { scope }).queryKey[0]).toBe('staging');
  });

  it('are equal for rows that are sent alike', () => {
    expect(keyOf({ a: 1, b: undefined })).toBe(keyOf({ a: 1 }));
    expect(keyOf({ a: 1, b: 2 })).toBe(keyOf({ b: 2, a: 1 }));
    expect(keyOf({ a: new Float32Array([1, 2.5]) })).toBe(keyOf({ a: [1, 2.5] }));
    expect(keyOf({ a: 12n })).toBe(keyOf({ a: 12 }));
    expect(keyOf({ a: new Date(0) })).toBe(keyOf({ a: '1970-01-01T00:00:00.000Z' }));
  });

  it('differ where rows do, what JSON would write alike too', () => {
    const keys = [{ a: null }, { a: NaN }, { a: Infinity }, { a: 2n ** 60n }, {}, [], null, { a: '1' }, { a: 1 }].map(
      keyOf,
    );

    expect(new Set(keys).size).toBe(keys.length);
  });

  it('differ where a text or a name looks like what stands for something else', () => {
    const image = new Uint8Array([1, 2, 3]);
    const part = predictOptions(iris, { a: image }).queryKey.at(-1) as { a: string };
    const proto = (value: unknown): unknown => Object.fromEntries([['__proto__', value]]);
    const rows = [
      ...[NaN, Infinity, -Infinity, 2n ** 60n, image, { base64: 'AQID' }].map((a) => ({ a })),
      ...['NaN', '~NaN', '~~NaN', 'Infinity', '-Infinity', `${2n ** 60n}n`, `~${2n ** 60n}n`, part.a].map((a) => ({
        a,
      })),
      ...[{}, proto(1), proto(2), { '~__proto__': 1 }, { a: proto(1) }, { a: {} }],
      ...[{ a: new Number(5) }, { a: new Number(6) }, { a: new Boolean(true) }, { a: new Boolean(false) }],
      ...[{ a: new String('~NaN x') }, { a: Object(1n) as unknown }],
      ...[[undefined], [Promise.resolve()], [() => 1], undefined, null, 'x', '~undefined', '~row'],
    ];

    const keys = rows.map(keyOf);
    const twice = rows.filter((_, index) => keys.indexOf(keys[index]!) !== index);
    expect(twice).toEqual([]);
  });

  it('tell one row that is a view from rows that are its elements', () => {
    const row = Float32Array.of(1, 2);

    expect(keyOf(row)).not.toBe(keyOf([1, 2]));
    expect(keyOf([row])).toBe(keyOf([[1, 2]]));
    expect(keyOf([row])).not.toBe(keyOf(row));
  });

  it('are of what is sent, whatever toJSON a row, an array or a view has', () => {
    const toJSON = (): unknown => ({ b: 2 });
    const view = Object.assign(Uint16Array.of(1), { toJSON });
    const list = Object.assign([1], { toJSON });
    const self = {
      n: 1,
      toJSON() {
        return this;
      },
    };

    expect(keyOf({ a: 1, toJSON })).toBe(keyOf({ a: 1 }));
    expect(keyOf({ a: view })).toBe(keyOf({ a: [1] }));
    expect(keyOf({ a: list })).toBe(keyOf({ a: { b: 2 } }));
    expect(keyOf(list)).toBe(keyOf([1]));
    expect(keyOf({ a: { x: 1, toJSON } })).toBe(keyOf({ a: { b: 2 } }));
    expect(keyOf({ a: self })).toBe(keyOf({ a: { n: 1 } }));
  });

  it('are equal only where the bodies are', async () => {
    const byKey = new Map<string, string>();
    const value = fc.anything({
      withBigInt: true,
      withBoxedValues: true,
      withTypedArray: true,
      withDate: true,
      withSparseArray: true,
    });
    const capture: typeof fetch = async (_url, init) => Promise.reject(new Error(init!.body as string));
    const sender = createPredictor({ baseUrl: 'http://127.0.0.1:9', fetch: capture, retries: 0 }).model('iris');
    const sentFor = (row: unknown): Promise<string> =>
      sender.predict(row as never).then(String, (error: unknown) => {
        const { cause } = error as { readonly cause?: Error };
        return cause?.message ?? String(error);
      });

    await fc.assert(
      fc.asyncProperty(fc.oneof(value, fc.dictionary(fc.constantFrom('a', 'b', '~a'), value)), async (row) => {
        // Bytes are a body of their own, and in the key but a digest.
        fc.pre(!(row instanceof Uint8Array));
        const key = keyOf(row);
        const sent = await sentFor(row);
        const body = sent.startsWith('{') ? hashKey([Array.isArray(row), JSON.parse(sent)]) : sent;
        if (byKey.has(key)) expect(body).toBe(byKey.get(key));
        byKey.set(key, body);
      }),
      { seed: 7, numRuns: 2000 },
    );
    expect(byKey.size).toBeGreaterThan(500);
  });

  it('name a file by its identity: the same file the same key, another with the same bytes another', () => {
    const file = new File(['x'], 'x.png');

    expect(keyOf({ image: file, n: 1 })).toBe(keyOf({ image: file, n: 1 }));
    expect(keyOf({ image: file })).not.toBe(keyOf({ image: new File(['x'], 'x.png') }));
    expect(keyOf(file)).toContain('file:1:');
  });

  it('name bytes and base64 by their content: a copy has the same key, bytes written over another', () => {
    const bytes = new Uint8Array([1, 2, 3]);
    const before = keyOf({ image: bytes });

    expect(keyOf({ image: bytes.slice() })).toBe(before);
    expect(keyOf({ image: bytes.buffer })).toBe(before);
    expect(keyOf({ image: { base64: 'AQID' } })).toBe(keyOf({ image: { base64: `AQ${'ID'}` } }));
    expect(keyOf({ image: { base64: 'AQIE' } })).not.toBe(keyOf({ image: { base64: 'AQID' } }));
    bytes[1] = 9;
    expect(keyOf({ image: bytes })).not.toBe(before);
  });

  it('stay small for large images, and hold none of them', () => {
    const { queryKey } = predictOptions(digits, { image: { base64: 'A'.repeat(100_000) } });

    expect(JSON.stringify(queryKey).length).toBeLessThan(100);
  });

  it('are values that JSON keeps', () => {
    fc.assert(
      fc.property(fc.anything({ withBigInt: true, withTypedArray: true }), (row) => {
        const { queryKey } = predictOptions(iris, { row } as never);
        expect(() => hashKey(queryKey)).not.toThrow();
      }),
      { seed: 31, numRuns: 300 },
    );
  });
});

describe('digestOf', () => {
  it('tells apart what differs in any one place', () => {
    const digests = new Set<string>();
    const zeros = new Uint8Array(300);
    for (let index = 0; index < zeros.length; index += 1) {
      for (const value of [1, 2, 128, 255]) {
        const bytes = zeros.slice();
        bytes[index] = value;
        digests.add(digestOf(bytes.length, (at) => bytes[at]!));
      }
    }
    for (let length = 0; length < 300; length += 1) digests.add(digestOf(length, () => 0));

    expect(digests.size).toBe(300 * 4 + 300);
  });

  it('has no two equal halves among many texts: both lanes count', () => {
    const halves = new Set<string>();
    for (let number = 0; number < 20_000; number += 1) {
      const text = String(number).padStart(8, '0');
      const digest = digestOf(8, (index) => text.charCodeAt(index)).slice(2);
      halves.add(`high ${digest.slice(0, 8)}`).add(`low ${digest.slice(8)}`);
    }

    // 20 000 of 2^32: some 0.05 collisions are expected in each half.
    expect(halves.size).toBeGreaterThan(39_990);
  });
});
