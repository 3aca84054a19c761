import type { Signature } from '../signature.ts';

/** A table with numbers, a category and missing values. */
export const penguins: Signature = {
  input: {
    island: { type: 'category', values: ['Biscoe', 'Dream', 'Torgersen'], example: 'Dream' },
    bill_length_mm: {
      type: 'number',
      unit: 'mm',
      min: 25,
      max: 65,
      optional: true,
      description: 'Length of the bill.',
    },
    year: { type: 'number', integer: true },
  },
  output: {
    label: { type: 'category', values: ['Adelie', 'Gentoo'] },
    probabilities: { type: 'scores', of: 'label' },
  },
};

/** One image, sent bare or named. */
export const digits: Signature = {
  input: { image: { type: 'image' } },
  output: { label: { type: 'category', values: [0, 1] }, probabilities: { type: 'scores', of: 'label' } },
  bareInput: 'image',
};

/** One matrix, sent bare or named. */
export const matrix: Signature = {
  input: { x: { type: 'tensor', dtype: 'float32', dims: [2, 'n'] } },
  output: { y: { type: 'tensor', dtype: 'int64', dims: [] } },
  bareInput: 'x',
};
