import type { Signature } from '@web-single/signature';
import type { Dtype } from '@web-single/tensor';
import { describe, expect, it } from 'vitest';
import { syntheticRows } from './synthetic-rows.ts';

const taking = (dtype: Dtype, dims: readonly (number | string)[]): Signature => ({
  input: { x: { type: 'tensor', dtype, dims }, mass: { type: 'number' } },
  output: {},
});

describe('syntheticRows', () => {
  it.each<[dtype: Dtype, dims: readonly (number | string)[], rows: number]>([
    ['float32', [4], 16],
    ['float32', [3, 224, 224], 16],
    ['float32', [3, 1024, 1024], 5],
    ['float32', ['frames', 3, 1024, 1024], 2],
    ['float32', [100_000_000], 0],
    ['string', [100_000_000], 0],
    ['float32', [2 ** 40, 2 ** 40, 2 ** 40, 2 ** 40], 0],
    ['float32', [0, 4], 16],
  ])('of %s %j are as many as fit into what is spent on them: %i', (dtype, dims, count) => {
    const rows = syntheticRows(taking(dtype, dims), 16);
    expect(rows).toHaveLength(count);
    expect(new Set(rows.map(({ mass }) => mass)).size).toBe(count);
  });
});
