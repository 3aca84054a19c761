import { tensor } from '@web-single/tensor';
import { describe, expect, it } from 'vitest';
import { findNonFinite } from './find-non-finite.ts';
import type { Signature } from './signature.ts';

const signature: Signature = {
  input: {},
  output: {
    label: { type: 'category', values: ['a', 'b'] },
    scores: { type: 'scores', of: 'label' },
    vector: { type: 'tensor', dtype: 'float32', dims: [2] },
    maybe: { type: 'number', optional: true },
  },
};
const good = {
  label: 'a',
  scores: { a: 0.5, b: 0.5 },
  vector: tensor('float32', [2], new Float32Array([1, 2])),
  maybe: 1,
};

describe('findNonFinite', () => {
  it('finds nothing in numbers, and does not look at what may be null', () => {
    expect(findNonFinite(signature, good)).toBeNull();
    expect(findNonFinite(signature, { ...good, maybe: NaN })).toBeNull();
  });

  it.each([
    ['a score', { scores: { a: 1, b: NaN } }, { output: '"scores"', got: 'NaN' }],
    [
      'an element',
      { vector: tensor('float32', [2], new Float32Array([1, -Infinity])) },
      { output: '"vector"', got: '-Infinity' },
    ],
    [
      'a half float',
      { vector: tensor('float16', [2], new Uint16Array([0, 0x7c00])) },
      { output: '"vector"', got: 'Infinity' },
    ],
  ])('names the output of %s that is no number', (_, changes, found) => {
    expect(findNonFinite(signature, { ...good, ...changes })).toEqual(found);
  });
});
