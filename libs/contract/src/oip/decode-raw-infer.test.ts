import { describe, expect, it } from 'vitest';
import type { Dim, Dtype } from '@web-single/tensor';
import { decodeRawInfer } from './decode-raw-infer.ts';
import { errorOf } from './testing/error-of.ts';
import { modelOf } from './testing/oip-models.ts';

const model = (dtype: Dtype, dims: readonly Dim[], batchable = true) =>
  modelOf([{ name: 'x', dtype, dims }], [], { batchable });

describe('decodeRawInfer', () => {
  it.each<[Dtype, readonly Dim[], number, readonly number[]]>([
    ['float32', ['batch', 4], 16, [1, 4]],
    ['float32', ['batch', null, 2], 24, [1, 3, 2]],
    ['float32', ['batch', 'n'], 0, [1, 0]],
    ['uint8', ['batch', 2, 2], 4, [1, 2, 2]],
  ])('takes a body for %s %j', (dtype, dims, length, shape) => {
    const request = decodeRawInfer(new Uint8Array(length), model(dtype, dims));

    expect(request).toMatchObject({ inputs: [{ name: 'x', shape }], binaryOutputs: true });
  });

  it('counts the first dim as one of the tensor where there is no batch', () => {
    expect(decodeRawInfer(new Uint8Array(24), model('float32', ['n', 2], false)).inputs[0]?.shape).toEqual([3, 2]);
  });

  it.each<[Dtype, readonly Dim[], number]>([
    ['float32', ['batch', 4], 15],
    ['float32', ['batch', 4], 17],
    ['float32', ['batch', 4], 32],
    ['float32', ['batch', null, 2], 23],
    ['float32', ['batch', null, 2], 25],
    ['float32', ['batch', null, null], 16],
    ['float32', ['batch', null, 0], 0],
    ['string', ['batch', 2], 8],
    ['string', ['batch', null], 8],
    ['string', ['batch', 1, 1], 8],
  ])('refuses for %s %j a body of %i bytes', (dtype, dims, length) => {
    const error = errorOf(() => decodeRawInfer(new Uint8Array(length), model(dtype, dims)));

    expect(error.code).toBe('INVALID_REQUEST');
    expect(error.message).toMatch(/^Input "x" of model "m": /);
  });

  it.each<[readonly Dim[], boolean, readonly number[]]>([
    [['batch', 1], true, [1, 1]],
    [['batch'], true, [1]],
    [[1], false, [1]],
  ])('takes one text of %j without a length before it', (dims, batchable, shape) => {
    const raw = Uint8Array.of(65, 66);

    expect(decodeRawInfer(raw, model('string', dims, batchable)).inputs).toEqual([
      { name: 'x', shape, datatype: 'BYTES', elements: [raw] },
    ]);
  });

  it('refuses models with no input or several', () => {
    const spec = { dtype: 'float32', dims: ['batch'] } as const;
    const two = modelOf([
      { name: 'a', ...spec },
      { name: 'b', ...spec },
    ]);

    expect(errorOf(() => decodeRawInfer(new Uint8Array(4), two)).message).toContain('has 2');
    expect(errorOf(() => decodeRawInfer(new Uint8Array(4), modelOf([]))).message).toContain('has 0');
  });
});
