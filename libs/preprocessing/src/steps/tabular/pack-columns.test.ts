import { describe, expect, it } from 'vitest';
import { runStep } from '../../testing/run-step.ts';

const spec = { step: 'pack-columns', fields: ['b', 'a', 'codes'], as: 'x' };
const codes = { dtype: 'float32', shape: [2], data: Float32Array.of(0, 1) } as const;

describe('pack-columns', () => {
  it('packs numbers, booleans and tensors in the order of the fields', async () => {
    expect(await runStep(spec, { a: 1.5, b: true, codes, rest: 7 })).toEqual({
      rest: 7,
      x: { dtype: 'float32', shape: [4], data: Float32Array.of(1, 1.5, 0, 1) },
    });
  });

  it('makes NaN of null and of what was left out', async () => {
    expect(await runStep(spec, { a: null })).toEqual({
      x: { dtype: 'float32', shape: [3], data: Float32Array.of(NaN, NaN, NaN) },
    });
  });

  it('packs float64 on demand', async () => {
    expect(await runStep({ ...spec, fields: ['a'], dtype: 'float64' }, { a: 0.1 })).toEqual({
      x: { dtype: 'float64', shape: [1], data: Float64Array.of(0.1) },
    });
  });

  it('rejects text', async () => {
    expect(await runStep(spec, { a: 'one', b: 1 })).toMatchObject({ field: 'a', got: '"one" (string)' });
  });
});
