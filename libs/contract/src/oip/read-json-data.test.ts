import { describe, expect, it } from 'vitest';
import { decodeInferJson } from './decode-infer-json.ts';
import { errorOf } from './testing/error-of.ts';

const decode = (datatype: string, shape: readonly number[], data: unknown) =>
  decodeInferJson({ inputs: [{ name: 'x', shape, datatype, data }] }, new Uint8Array(), 'm').inputs[0]!;

const elements = (datatype: string, shape: readonly number[], data: unknown): unknown => {
  const input = decode(datatype, shape, data);
  return input.datatype === 'BYTES' ? input.elements : Array.from(input.tensor.data as ArrayLike<unknown>);
};

const wrap = (value: unknown, levels: number): unknown => (levels === 0 ? value : [wrap(value, levels - 1)]);

describe('data of a tensor in JSON', () => {
  it.each<[string, readonly number[], unknown]>([
    ['flat', [2, 3], [1, 2, 3, 4, 5, 6]],
    [
      'nested as the shape',
      [2, 3],
      [
        [1, 2, 3],
        [4, 5, 6],
      ],
    ],
    [
      'nested, inner dims flat',
      [2, 3, 1, 1],
      [
        [1, 2, 3],
        [4, 5, 6],
      ],
    ],
    [
      'nested to the first dim',
      [3, 2, 1],
      [
        [1, 2],
        [3, 4],
        [5, 6],
      ],
    ],
    [
      'partly nested',
      [1, 3, 2],
      [
        [1, 2],
        [3, 4],
        [5, 6],
      ],
    ],
    [
      'in extra arrays of one',
      [2, 3],
      [
        [
          [
            [1, 2, 3],
            [4, 5, 6],
          ],
        ],
      ],
    ],
    ['with each element in one', [6], [[1], [2], [3], [4], [5], [6]]],
    ['flat under dims of one', [1, 1, 6], [1, 2, 3, 4, 5, 6]],
  ])('may be %s', (_, shape, data) => {
    expect(elements('FP32', shape, data)).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('keeps the order of a partly nested one', () => {
    expect(
      elements(
        'INT32',
        [2, 2, 2],
        [
          [1, 2, 3, 4],
          [5, 6, 7, 8],
        ],
      ),
    ).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  it.each<[readonly number[], unknown]>([
    [[0], []],
    [[0, 3], []],
    [
      [2, 0],
      [[], []],
    ],
    [[2, 0], []],
    [[0, 2 ** 40, 2 ** 40], []],
  ])('has no elements for shape %j', (shape, data) => {
    expect(elements('FP32', shape, data)).toEqual([]);
  });

  it('is one element for a scalar', () => {
    expect(elements('FP32', [], [5])).toEqual([5]);
  });

  it.each<[string, readonly number[], unknown]>([
    ['one too few', [2, 3], [1, 2, 3, 4, 5]],
    ['one too many', [2, 3], [1, 2, 3, 4, 5, 6, 7]],
    [
      'the dims the other way round',
      [2, 3],
      [
        [1, 2],
        [3, 4],
        [5, 6],
      ],
    ],
    [
      'outer dims joined',
      [2, 3, 2],
      [
        [1, 2],
        [3, 4],
        [5, 6],
        [7, 8],
        [9, 10],
        [11, 12],
      ],
    ],
    [
      'ragged',
      [2, 3],
      [
        [1, 2, 3],
        [4, 5],
      ],
    ],
    [
      'ragged in depth',
      [2, 2],
      [
        [1, 2],
        [3, [4]],
      ],
    ],
    ['flat, then nested', [2, 2], [1, 2, [3, 4]]],
    ['nested, then flat', [2, 1], [[1], 2]],
    ['a bare number', [], 5],
    ['text', [1], '5'],
    ['null', [1], null],
    ['an object', [1], { 0: 5 }],
    ['something for a shape of nothing', [0], [1]],
    ['nothing for a scalar', [], []],
    ['empty arrays for a shape of nothing', [0], [[], []]],
  ])('is refused where it is %s', (_, shape, data) => {
    expect(errorOf(() => decode('FP32', shape, data)).code).toBe('INVALID_REQUEST');
  });

  it('may be nested 97 deep, which is 100 of the body, and no deeper', () => {
    expect(elements('FP32', [1], wrap(5, 97))).toEqual([5]);
    expect(errorOf(() => decode('FP32', [1], wrap(5, 98))).message).toContain(
      'JSON nesting depth exceeds maximum allowed limit (100)',
    );
    expect(errorOf(() => decode('FP32', [1, 1], [wrap(5, 1), wrap(5, 5000)])).code).toBe('INVALID_REQUEST');
  });

  it('takes no memory for what the first array promises and the others lack', () => {
    const data = Array.from({ length: 100_000 }, (): number[] => []);
    data[0] = new Array<number>(100_000).fill(1);

    expect(errorOf(() => decode('FP64', [100_000, 100_000], data)).message).toContain('ragged');
  });
});

describe('an element in JSON', () => {
  const fits: readonly [string, unknown, unknown][] = [
    ['BOOL', [true, false], [1, 0]],
    ['UINT8', [0, 255], [0, 255]],
    ['INT8', [-128, 127], [-128, 127]],
    ['UINT16', [0, 65535], [0, 65535]],
    ['INT16', [-32768, 32767], [-32768, 32767]],
    ['UINT32', [0, 4294967295], [0, 4294967295]],
    ['INT32', [-2147483648, 2147483647], [-2147483648, 2147483647]],
    ['UINT64', [0, 18446744073709551615n], [0n, 18446744073709551615n]],
    ['INT64', [-9223372036854775808n, 9007199254740993n], [-9223372036854775808n, 9007199254740993n]],
    ['FP32', [null, -0], [NaN, -0]],
    ['FP32', [3.4028234663852886e38, 1e-46], [3.4028234663852886e38, 0]],
    ['FP64', [1.7976931348623157e308, 9007199254740993n], [1.7976931348623157e308, 9007199254740992]],
  ];

  it.each(fits)('of %s may be %s', (datatype, data, expected) => {
    expect(elements(datatype, [2], data)).toEqual(expected);
  });

  const misfits: readonly [string, unknown][] = [
    ['BOOL', 1],
    ['BOOL', null],
    ['BOOL', 'true'],
    ['UINT8', 256],
    ['UINT8', -1],
    ['UINT8', 1.5],
    ['UINT8', null],
    ['UINT8', true],
    ['UINT8', '1'],
    ['INT8', -129],
    ['INT8', 128],
    ['UINT16', 65536],
    ['INT16', -32769],
    ['UINT32', 4294967296],
    ['INT32', 1.5],
    ['INT32', 2147483648],
    ['INT32', 9007199254740993n],
    ['UINT64', -1],
    ['UINT64', 18446744073709551616n],
    ['INT64', 9223372036854775808n],
    ['INT64', 2 ** 53],
    ['INT64', 1.5],
    ['INT64', null],
    ['FP32', 'abc'],
    ['FP32', 'NaN'],
    ['FP32', true],
    ['FP32', {}],
    ['FP32', [5]],
    ['FP32', 3.5e38],
    ['FP32', Infinity],
    ['FP64', Infinity],
    ['BYTES', 5],
    ['BYTES', null],
    ['BYTES', '\ud800'],
  ];

  it.each(misfits)('of %s may not be %s', (datatype, value) => {
    const good = { BOOL: true, BYTES: 'a' }[datatype] ?? 0;
    const error = errorOf(() => decode(datatype, [3], [good, good, value]));

    expect(error.code).toBe('INVALID_REQUEST');
    expect(error.message).toContain('Input "x" of model "m", element 2: expected');
  });

  it('is found in a nested tensor by its place in row-major order', () => {
    const error = errorOf(() =>
      decode(
        'UINT8',
        [2, 3],
        [
          [1, 2, 3],
          [4, 300, 6],
        ],
      ),
    );

    expect(error.message).toBe(
      'Input "x" of model "m", element 4: expected an integer from 0 to 255 (UINT8), got 300.',
    );
  });

  it('of BYTES is the UTF-8 of its text, marked as text', () => {
    expect(decode('BYTES', [2], ['ä', ''])).toEqual({
      name: 'x',
      shape: [2],
      datatype: 'BYTES',
      text: true,
      elements: [Uint8Array.of(0xc3, 0xa4), new Uint8Array()],
    });
  });
});
