import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stack, unstack } from './stack.ts';
import { tensor } from './tensor.ts';
import { allDtypes, anyShape, anyTensorOf } from './testing/any-tensor.ts';

describe('stack and unstack', () => {
  it.each(allDtypes)('give the same tensors back for %s', (dtype) => {
    const batches = anyShape.chain((shape) => fc.array(anyTensorOf(dtype, shape), { minLength: 1, maxLength: 5 }));

    fc.assert(
      fc.property(batches, (tensors) => {
        const batch = stack(tensors);
        expect(batch.shape).toEqual([tensors.length, ...tensors[0]!.shape]);
        expect(unstack(batch)).toEqual(tensors);
      }),
      { seed: 3, numRuns: 50 },
    );
  });

  it('lays rows one behind the other', () => {
    const rows = [tensor('int8', [2], new Int8Array([1, 2])), tensor('int8', [2], new Int8Array([3, 4]))];

    expect(stack(rows)).toEqual(tensor('int8', [2, 2], new Int8Array([1, 2, 3, 4])));
  });

  it('stacks scalars to a vector', () => {
    const scalars = [tensor('string', [], ['a']), tensor('string', [], ['b'])];

    expect(stack(scalars)).toEqual(tensor('string', [2], ['a', 'b']));
  });

  it('copies when stacking and shares memory when unstacking', () => {
    const row = tensor('float32', [1], new Float32Array([1]));
    const batch = stack([row, row]);
    const [, second] = unstack(batch);

    expect(batch.data).not.toBe(row.data);
    expect((second!.data as Float32Array).buffer).toBe((batch.data as Float32Array).buffer);
  });

  it('gives no rows for an empty batch', () => {
    expect(unstack(tensor('float32', [0, 4], new Float32Array(0)))).toEqual([]);
  });

  it('names the tensor that does not fit', () => {
    const one = tensor('uint8', [1], new Uint8Array(1));

    expect(() => stack([])).toThrow(expect.objectContaining({ code: 'STACK_MISMATCH' }));
    expect(() => stack([one, one, tensor('uint8', [2], new Uint8Array(2))])).toThrow(
      'Tensor 2 of the stack: expected uint8 [1] as the first, got uint8 [2].',
    );
    expect(() => stack([one, tensor('bool', [1], new Uint8Array(1))])).toThrow('got bool [1]');
    expect(() => unstack(tensor('uint8', [], new Uint8Array(1)))).toThrow('no first dimension');
  });
});
