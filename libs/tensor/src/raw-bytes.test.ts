import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dtypes } from './dtype.ts';
import { tensorBytes, tensorFromBytes } from './raw-bytes.ts';
import { tensor } from './tensor.ts';
import { anyTensor } from './testing/any-tensor.ts';

describe('tensorBytes and tensorFromBytes', () => {
  it('give the same tensor back for every fixed-size dtype, aligned or not', () => {
    const fixed = anyTensor.filter(({ dtype }) => dtype !== 'string');

    fc.assert(
      fc.property(fixed, fc.integer({ min: 0, max: 8 }), (original, offset) => {
        const bytes = tensorBytes(original);
        const shifted = new Uint8Array(bytes.length + offset).subarray(offset);
        shifted.set(bytes);
        expect(tensorFromBytes(original.dtype, original.shape, shifted)).toEqual(original);
      }),
      { seed: 7, numRuns: 500 },
    );
  });

  it('write the low byte first', () => {
    expect([...tensorBytes(tensor('uint32', [1], new Uint32Array([0x01020304])))]).toEqual([4, 3, 2, 1]);
    expect([...tensorBytes(tensor('float32', [1], new Float32Array([1])))]).toEqual([0, 0, 0x80, 0x3f]);
  });

  it('copy only where the memory is not aligned', () => {
    const memory = new Uint8Array(16);

    const aligned = tensorFromBytes('float32', [2], memory.subarray(4, 12)).data as Float32Array;
    const misaligned = tensorFromBytes('float32', [2], memory.subarray(5, 13)).data as Float32Array;

    expect(aligned.buffer).toBe(memory.buffer);
    expect(misaligned.buffer).not.toBe(memory.buffer);
  });

  it('covers exactly a view of larger memory', () => {
    const row = tensor('int16', [2], new Int16Array([1, 2, 3, 4]).subarray(1, 3));

    expect([...tensorBytes(row)]).toEqual([2, 0, 3, 0]);
  });

  it.each([
    ['a byte too few', 'INVALID_DATA', () => tensorFromBytes('int64', [2], new Uint8Array(15))],
    ['a byte too many', 'INVALID_DATA', () => tensorFromBytes('int64', [2], new Uint8Array(17))],
    ['a bool that is 2', 'INVALID_DATA', () => tensorFromBytes('bool', [1], new Uint8Array([2]))],
    ['strings', 'NOT_FIXED_SIZE', () => tensorFromBytes('string', [1], new Uint8Array(1))],
    ['strings', 'NOT_FIXED_SIZE', () => tensorBytes(tensor('string', [1], ['a']))],
  ])('refuse %s', (_case, code, run) => {
    expect(run).toThrow(expect.objectContaining({ code }));
  });

  it('knows every dtype but string', () => {
    expect(Object.values(dtypes).filter(({ bytesPerElement }) => bytesPerElement === null)).toHaveLength(1);
  });
});
