import { describe, expect, it } from 'vitest';
import type { Dim, Dtype, Tensor, Value } from '@web-single/tensor';
import { shapeValue } from './shape-value.ts';

const shape = (value: Value | undefined, dtype: Dtype, dims: readonly Dim[]): unknown => {
  const shaped = shapeValue(value, { name: 'x', dtype, dims });
  return 'dtype' in shaped ? [shaped.shape, Array.from<unknown>(shaped.data)] : shaped;
};
const float32 = (values: readonly number[], size: readonly number[]): Tensor => ({
  dtype: 'float32',
  shape: size,
  data: Float32Array.from(values),
});

describe('shapeValue', () => {
  it('takes a scalar where one element is wanted', () => {
    expect([
      shape(2, 'float32', []),
      shape(2, 'float32', [1]),
      shape('a', 'string', [1]),
      shape(true, 'bool', []),
    ]).toEqual([
      [[], [2]],
      [[1], [2]],
      [[1], ['a']],
      [[], [1]],
    ]);
  });

  it('takes null and a NaN of a step as NaN for floats, and as a problem for all else', () => {
    expect([shape(null, 'float32', [1]), shape(NaN, 'float64', []), shape(null, 'float16', [])]).toEqual([
      [[1], [NaN]],
      [[], [NaN]],
      [[], [0x7e00]],
    ]);
    expect(shape(null, 'string', [1])).toMatchObject({ field: 'x', got: 'null' });
    expect(shape(null, 'int64', [])).toMatchObject({ field: 'x', got: 'null' });
  });

  it('takes nested arrays and says where one is wrong', () => {
    expect(
      shape(
        [
          [1, 2],
          [3, 4],
        ],
        'float32',
        [2, 'width'],
      ),
    ).toEqual([
      [2, 2],
      [1, 2, 3, 4],
    ]);
    expect(
      shape(
        [
          [1, 2],
          [3, '4'],
        ],
        'float32',
        [2, 2],
      ),
    ).toMatchObject({ field: 'x[1][1]', got: '"4" (string)' });
  });

  it('adds or drops leading dims of one', () => {
    expect(shape([1, 2], 'float32', [1, 2])).toEqual([
      [1, 2],
      [1, 2],
    ]);
    expect(shape(float32([1, 2], [1, 2]), 'float32', [2])).toEqual([[2], [1, 2]]);
    expect(shape(float32([1, 2], [2]), 'float32', [1, 1, 2])).toEqual([
      [1, 1, 2],
      [1, 2],
    ]);
  });

  it('converts floats among each other and nothing else', () => {
    expect(shape(float32([1, -2], [2]), 'float16', [2])).toEqual([[2], [0x3c00, 0xc000]]);
    expect(shape(float32([1], [1]), 'int64', [1])).toMatchObject({ expected: 'int64 [1]', got: 'tensor float32 [1]' });
  });

  it('names what is missing, the bytes of a file, and a wrong size', () => {
    expect(shape(undefined, 'float32', [4])).toMatchObject({ field: 'x', expected: 'float32 [4]', got: 'nothing' });
    expect(shape(new Uint8Array(3), 'float32', [1])).toMatchObject({ got: '3 bytes' });
    expect(shape(float32([1, 2], [2]), 'float32', [4])).toMatchObject({ got: 'tensor float32 [2]' });
  });
});
