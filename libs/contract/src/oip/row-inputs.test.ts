import { describe, expect, it } from 'vitest';
import { checkRows } from '@web-single/signature';
import type { InputField } from '@web-single/signature';
import { numberToFloat16, tensor } from '@web-single/tensor';
import type { Tensor } from '@web-single/tensor';
import { decodeInferJson } from './decode-infer-json.ts';
import { rowsOf } from './row-inputs.ts';
import { errorOf } from './testing/error-of.ts';
import { modelWithFields, penguins, requestOf } from './testing/oip-models.ts';
import { wireTensor } from './wire-tensor.ts';

const valuesOf = (field: InputField, sent: Tensor): readonly unknown[] => {
  const model = modelWithFields({ input: { x: field }, output: {} });
  return rowsOf(requestOf({ inputs: [wireTensor('x', sent)] }), model).map((row) => (row as { x: unknown }).x);
};

const fromJson = (field: InputField, datatype: string, data: readonly unknown[]): readonly unknown[] => {
  const model = modelWithFields({ input: { x: field }, output: {} });
  const inputs = [{ name: 'x', datatype, shape: [data.length], data }];
  return rowsOf(decodeInferJson({ inputs }, new Uint8Array()), model).map((row) => (row as { x: unknown }).x);
};

describe('rowsOf', () => {
  it('makes rows that the signature takes', () => {
    const request = decodeInferJson(
      {
        inputs: [
          { name: 'island', datatype: 'BYTES', shape: [2], data: ['Dream', 'Biscoe'] },
          { name: 'bill_length_mm', datatype: 'FP64', shape: [2, 1], data: [[40.5], [null]] },
          { name: 'year', datatype: 'INT64', shape: [2], data: [2008, 2009] },
          { name: 'tagged', datatype: 'BOOL', shape: [2], data: [true, false] },
        ],
      },
      new Uint8Array(),
    );

    expect(checkRows(penguins.signature, rowsOf(request, penguins))).toEqual([
      { row: { island: 'Dream', bill_length_mm: 40.5, year: 2008, tagged: true } },
      { row: { island: 'Biscoe', bill_length_mm: null, year: 2009, tagged: false } },
    ]);
  });

  it('leaves out what the request leaves out', () => {
    const request = requestOf({ inputs: [wireTensor('island', tensor('string', [1], ['Dream']))] });

    expect(rowsOf(request, penguins)).toEqual([{ island: 'Dream' }]);
  });

  it.each<[string, InputField, Tensor, readonly unknown[]]>([
    ['a number as FP64', { type: 'number' }, tensor('float64', [2], Float64Array.of(0.1, NaN)), [0.1, NaN]],
    [
      'an optional one',
      { type: 'number', optional: true },
      tensor('float64', [2], Float64Array.of(0.1, NaN)),
      [0.1, null],
    ],
    [
      'a whole one as INT64',
      { type: 'number', integer: true },
      tensor('int64', [2], BigInt64Array.of(5n, 2n ** 62n)),
      [5, 2n ** 62n],
    ],
    ['one of its own dtype', { type: 'number', dtype: 'uint8' }, tensor('uint8', [1], Uint8Array.of(5)), [5]],
    [
      'a float16',
      { type: 'number', dtype: 'float16' },
      tensor('float16', [1], Uint16Array.of(numberToFloat16(0.5))),
      [0.5],
    ],
    ['a boolean', { type: 'boolean' }, tensor('bool', [2], Uint8Array.of(0, 1)), [false, true]],
    ['a category of text', { type: 'category', values: ['a'] }, tensor('string', [1], ['a']), ['a']],
    ['of whole numbers', { type: 'category', values: [1, 2] }, tensor('int64', [1], BigInt64Array.of(2n)), [2]],
    ['of fractions', { type: 'category', values: [1, 0.5] }, tensor('float64', [1], Float64Array.of(0.5)), [0.5]],
    ['of booleans', { type: 'category', values: [true] }, tensor('bool', [1], Uint8Array.of(1)), [true]],
    [
      'of several types',
      { type: 'category', values: [3, 'a', true] },
      tensor('string', [4], ['3', 'a', 'true', 'x']),
      [3, 'a', true, 'x'],
    ],
    ['text', { type: 'text' }, tensor('string', [1], ['ä']), ['ä']],
    ['nested text', { type: 'tensor', dtype: 'string', dims: [2] }, tensor('string', [1, 2], ['a', 'b']), [['a', 'b']]],
    [
      'a tensor',
      { type: 'tensor', dtype: 'int8', dims: [2] },
      tensor('int8', [2, 2], Int8Array.of(1, 2, 3, 4)),
      [tensor('int8', [2], Int8Array.of(1, 2)), tensor('int8', [2], Int8Array.of(3, 4))],
    ],
  ])('reads %s', (_, field, sent, expected) => {
    expect(valuesOf(field, sent)).toEqual(expected);
  });

  it('reads a file as its bytes, in JSON as base64', () => {
    const png = Uint8Array.of(0x89, 0x50, 0x4e, 0x47);
    const model = modelWithFields({ input: { x: { type: 'image' } }, output: {} });
    const inputs = [{ name: 'x', shape: [1], datatype: 'BYTES', elements: [png] }] as const;

    expect(rowsOf(requestOf({ inputs }), model)).toEqual([{ x: png }]);
    expect(fromJson({ type: 'image' }, 'BYTES', ['iVBORw=='])).toEqual([{ base64: 'iVBORw==' }]);
  });

  it.each<[string, Tensor]>([
    ['expected FP64 [-1], got FP32 [1].', tensor('float32', [1], new Float32Array(1))],
    ['expected FP64 [-1], got FP64 [1, 2].', tensor('float64', [1, 2], new Float64Array(2))],
    ['expected FP64 [-1], got FP64 [].', tensor('float64', [], new Float64Array(1))],
    ['expected at least 1 row, got 0.', tensor('float64', [0], new Float64Array(0))],
  ])('says: %s', (text, sent) => {
    const error = errorOf(() => valuesOf({ type: 'number' }, sent));

    expect(error.code).toBe('INPUT_MISMATCH');
    expect(error.message).toBe(`Input "x" of model "m": ${text}`);
  });

  it('tells all problems at once', () => {
    const inputs = [
      wireTensor('island', tensor('string', [2], ['Dream', 'Biscoe'])),
      wireTensor('year', tensor('int64', [3], new BigInt64Array(3))),
      wireTensor('tagged', tensor('int8', [2], new Int8Array(2))),
      wireTensor('yaer', tensor('int64', [2], new BigInt64Array(2))),
    ];

    expect(errorOf(() => rowsOf(requestOf({ inputs }), penguins)).message).toBe(
      'Input "yaer" of model "penguins": expected one of "island", "bill_length_mm", "year", "tagged", got an unknown input INT64 [2]. Did you mean "year"? ' +
        'Input "year" of model "penguins": expected 2 rows as in input "island", got 3. ' +
        'Input "tagged" of model "penguins": expected BOOL [-1], got INT8 [2].',
    );
  });

  it('needs an input to know how many rows there are', () => {
    const model = modelWithFields({ input: { x: { type: 'number', optional: true } }, output: {} });

    expect(errorOf(() => rowsOf(requestOf(), model)).code).toBe('INPUT_MISMATCH');
  });

  it('makes no more rows than the caller allows, however few bytes they have', () => {
    const field: InputField = { type: 'tensor', dtype: 'int8', dims: [0] };
    const model = modelWithFields({ input: { x: field }, output: {} });
    const request = (rows: number) =>
      requestOf({ inputs: [wireTensor('x', tensor('int8', [rows, 0], new Int8Array()))] });

    expect(rowsOf(request(3), model, { maxRows: 3 })).toHaveLength(3);
    expect(errorOf(() => rowsOf(request(4), model, { maxRows: 3 })).code).toBe('PAYLOAD_TOO_LARGE');
    expect(errorOf(() => rowsOf(request(1e12), model)).code).toBe('PAYLOAD_TOO_LARGE');
  });
});
