import { describe, expect, it } from 'vitest';
import type { InputField } from './field.ts';
import { predictionSchema } from './prediction-schema.ts';
import { rowSchema } from './row-schema.ts';
import type { Signature } from './signature.ts';
import { predictionType } from './typescript-type.ts';
import { fieldOnly } from './testing/check-one.ts';
import { digits, matrix, penguins } from './testing/penguins.ts';

describe('rowSchema', () => {
  it('says types, ranges, units, examples and what may be left out', () => {
    expect(rowSchema(penguins)).toEqual({
      type: 'object',
      properties: {
        island: { type: 'string', enum: ['Biscoe', 'Dream', 'Torgersen'], examples: ['Dream'] },
        bill_length_mm: {
          type: ['number', 'null'],
          minimum: 25,
          maximum: 65,
          description: 'Length of the bill. Unit: mm.',
        },
        year: { type: 'integer' },
      },
      required: ['island', 'year'],
      additionalProperties: false,
    });
  });

  it('gives nested arrays for a tensor, bare or named', () => {
    const x = {
      type: 'array',
      minItems: 2,
      maxItems: 2,
      items: { type: 'array', items: { type: 'number' } },
      description: 'Tensor float32 [2, n], nested arrays in row-major order.',
    };

    expect(rowSchema(matrix)).toEqual({
      anyOf: [{ type: 'object', properties: { x }, required: ['x'], additionalProperties: false }, x],
    });
  });

  it('describes an image as an object with base64; a bare one is no JSON', () => {
    expect(rowSchema(digits)).toMatchObject({
      type: 'object',
      properties: {
        image: {
          type: 'object',
          required: ['base64'],
          additionalProperties: false,
          properties: { base64: { type: 'string', contentEncoding: 'base64', contentMediaType: 'image/png' } },
        },
      },
    });
  });

  it.each<[InputField, object]>([
    [
      { type: 'category', values: ['a', 2], optional: true },
      { type: ['string', 'number', 'null'], enum: ['a', 2, null] },
    ],
    [{ type: 'boolean', optional: true }, { type: ['boolean', 'null'] }],
    [
      { type: 'text', maxLength: 9 },
      { type: 'string', maxLength: 9 },
    ],
    [
      { type: 'number', dtype: 'uint8', min: -5, max: 7 },
      { type: 'integer', minimum: 0, maximum: 7 },
    ],
    [{ type: 'number', dtype: 'int64' }, { type: 'integer' }],
    [
      { type: 'number', dtype: 'uint64', max: 9 },
      { type: 'integer', minimum: 0, maximum: 9 },
    ],
    [{ type: 'number', dtype: 'float32' }, { type: 'number' }],
    [{ type: 'image', optional: true, example: new Uint8Array(1) }, { type: ['object', 'null'] }],
    [
      { type: 'tensor', dtype: 'int8', dims: [null] },
      { type: 'array', items: { type: 'integer', minimum: -128, maximum: 127 } },
    ],
    [{ type: 'tensor', dtype: 'bool', dims: [] }, { type: 'boolean' }],
    [{ type: 'tensor', dtype: 'string', dims: [1] }, { items: { type: 'string' } }],
  ])('gives for %j %j', (field, schema) => {
    expect(rowSchema(fieldOnly(field))).toMatchObject({ properties: { x: schema } });
  });

  it('is plain JSON', () => {
    for (const signature of [penguins, digits, matrix]) {
      for (const schema of [rowSchema(signature), predictionSchema(signature)]) {
        expect(JSON.parse(JSON.stringify(schema))).toEqual(schema);
      }
    }
  });

  it('defines a field with a name of the language as one of its own', () => {
    const input = Object.fromEntries([['__proto__', { type: 'boolean' } as const]]);

    expect(JSON.stringify(rowSchema({ input, output: {} }))).toContain('"properties":{"__proto__":{"type":"boolean"}}');
  });
});

describe('predictionSchema', () => {
  it('lets optional floats be null one by one: JSON has no NaN', () => {
    const output: Signature['output'] = {
      vector: { type: 'tensor', dtype: 'float32', dims: [2], optional: true },
      scores: { type: 'scores', of: 'y', optional: true },
    };
    expect(predictionSchema({ input: {}, output })).toMatchObject({
      properties: {
        vector: { type: ['array', 'null'], items: { type: ['number', 'null'] } },
        scores: { type: ['object', 'null'], additionalProperties: { type: ['number', 'null'] } },
      },
    });
  });

  it('keys scores by their own labels, where an answer has no score', () => {
    const output: Signature['output'] = {
      label: { type: 'category', values: [0, 1, 'unknown'] },
      p: { type: 'scores', of: 'label', labels: ['0', '1'] },
    };
    expect(predictionSchema({ input: {}, output })).toMatchObject({
      properties: { label: { enum: [0, 1, 'unknown'] }, p: { required: ['0', '1'] } },
    });
    expect(predictionType({ input: {}, output })).toMatch(
      /label: 0 \| 1 \| "?'?unknown[\s\S]*p: Record<.0. \| .1., number>/,
    );
  });

  it('keys scores by the labels, any number each', () => {
    expect(predictionSchema(penguins)).toEqual({
      type: 'object',
      properties: {
        label: { type: 'string', enum: ['Adelie', 'Gentoo'] },
        probabilities: {
          type: 'object',
          properties: { Adelie: { type: 'number' }, Gentoo: { type: 'number' } },
          required: ['Adelie', 'Gentoo'],
          additionalProperties: false,
        },
      },
      required: ['label', 'probabilities'],
      additionalProperties: false,
    });
    expect(predictionSchema(digits)).toMatchObject({ properties: { probabilities: { required: ['0', '1'] } } });
  });

  it('leaves the keys open where there is no list of labels', () => {
    const schema = predictionSchema({
      input: {},
      output: { p: { type: 'scores', of: 'constructor', optional: true } },
    });

    expect(schema).toMatchObject({
      properties: { p: { type: ['object', 'null'], additionalProperties: { type: ['number', 'null'] } } },
    });
  });
});
