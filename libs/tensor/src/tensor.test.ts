import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createData } from './create-data.ts';
import { dtypes, isDtype } from './dtype.ts';
import { elementCount } from './element-count.ts';
import { isTensor } from './is-tensor.ts';
import { tensor } from './tensor.ts';
import { describeSpec } from './tensor-spec.ts';
import { allDtypes, anyTensor } from './testing/any-tensor.ts';

describe('tensor', () => {
  it('takes data over without a copy', () => {
    const data = new Float32Array([1, 2, 3, 4, 5, 6]);

    expect(tensor('float32', [2, 3], data)).toEqual({ dtype: 'float32', shape: [2, 3], data });
    expect(tensor('float32', [2, 3], data).data).toBe(data);
  });

  it('holds one element for the shape [] and none for a zero-size dimension', () => {
    expect(tensor('string', [], ['a']).data).toEqual(['a']);
    expect(tensor('int64', [3, 0, 2 ** 40, 2 ** 40], new BigInt64Array(0)).data).toHaveLength(0);
  });

  it.each([
    ['a length that is not the product of the shape', 'INVALID_DATA', () => tensor('uint8', [2, 2], new Uint8Array(3))],
    ['memory of another dtype', 'INVALID_DATA', () => tensor('int8', [1], new Uint8Array(1) as never)],
    ['an array where a typed array belongs', 'INVALID_DATA', () => tensor('float64', [1], [1] as never)],
    ['an unknown dtype', 'INVALID_DTYPE', () => tensor('bfloat16' as never, [1], [1] as never)],
    ['an inherited name as dtype', 'INVALID_DTYPE', () => tensor('constructor' as never, [1], [1] as never)],
    ['a negative size', 'INVALID_SHAPE', () => tensor('uint8', [-1], new Uint8Array(0))],
    ['a fraction', 'INVALID_SHAPE', () => tensor('uint8', [1.5], new Uint8Array(1))],
    ['a product that overflows', 'INVALID_SHAPE', () => tensor('uint8', [2 ** 31, 2 ** 31], new Uint8Array(1))],
    ['more memory than there is', 'INVALID_SHAPE', () => createData('float64', 2 ** 52)],
  ])('refuses %s', (_case, code, create) => {
    expect(create).toThrow(expect.objectContaining({ name: 'TensorError', code }));
  });
});

describe('elementCount', () => {
  it('multiplies in safe integers', () => {
    expect([elementCount([]), elementCount([2, 3, 4]), elementCount([2 ** 40, 0, 2 ** 40])]).toEqual([1, 24, 0]);
    expect(() => elementCount([2 ** 53 - 1, 2])).toThrow('at most 9007199254740991');
    expect(() => elementCount([NaN])).toThrow();
    expect(() => elementCount(['2' as never])).toThrow();
  });
});

describe('dtypes', () => {
  it('say the element size that the memory really has', () => {
    for (const dtype of allDtypes) {
      const data = createData(dtype, 3);
      expect(data).toBeInstanceOf(dtypes[dtype].arrayType);
      if (ArrayBuffer.isView(data)) expect(data.byteLength).toBe(3 * dtypes[dtype].bytesPerElement!);
    }
  });

  it('say the integer range that the memory really keeps', () => {
    for (const dtype of allDtypes) {
      const { integerRange, bytesPerElement } = dtypes[dtype];
      if (integerRange === null) continue;
      const bits = BigInt(bytesPerElement!) * 8n;
      expect(BigInt(integerRange.max) - BigInt(integerRange.min)).toBe(2n ** bits - 1n);
      expect(BigInt(integerRange.min)).toBe(dtype.startsWith('u') ? 0n : -(2n ** (bits - 1n)));
    }
  });

  it('have no inherited names', () => {
    expect(['float32', 'toString', '__proto__', 'FP32', 3].map(isDtype)).toEqual([true, false, false, false, false]);
  });
});

describe('isTensor', () => {
  it('knows every tensor', () => {
    fc.assert(fc.property(anyTensor, isTensor), { seed: 1 });
  });

  it('takes nothing else for one, and never throws', () => {
    const data = new Float32Array(2);
    const others = [
      null,
      [],
      data,
      {},
      { dtype: 'float32', shape: [2] },
      { dtype: 'float32', shape: [3], data },
      { dtype: 'float32', shape: [-2], data },
      { dtype: 'float32', shape: '2', data },
      { dtype: 'float64', shape: [2], data },
      { dtype: 'float32', shape: [2], data: [0, 0] },
    ];

    expect(others.filter(isTensor)).toEqual([]);
    fc.assert(
      fc.property(fc.anything(), (value) => !isTensor(value)),
      { seed: 2 },
    );
  });
});

describe('describeSpec', () => {
  it('names dims in memory order', () => {
    expect(describeSpec({ dtype: 'float32', dims: ['batch', 4] })).toBe('float32 [batch, 4]');
    expect(describeSpec({ dtype: 'int64', dims: [null, ''] })).toBe('int64 [?, ?]');
    expect(describeSpec({ dtype: 'string', dims: [] })).toBe('string []');
  });

  it('quotes a name that could break the line', () => {
    expect(describeSpec({ dtype: 'uint8', dims: ['a]\nb'] })).toBe('uint8 ["a]\\nb"]');
  });
});
