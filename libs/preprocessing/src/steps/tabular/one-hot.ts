import { z } from 'zod';
import { defineStep } from '../../define-step.ts';
import { perRow } from '../../per-row.ts';
import { replaceFields } from '../../row-access.ts';
import { categories, fieldName } from '../../step-params.ts';
import { categoryIndex } from './category-index.ts';

/** Turns a category into float32 [values.length]: 1 at its index, 0 elsewhere. */
export const oneHot = defineStep({
  name: 'one-hot',
  summary: 'Replaces a category by float32 [values]: 1 at its index, 0 elsewhere; rejects any other value.',
  params: z.strictObject({ field: fieldName, values: categories, as: fieldName.optional() }),
  create({ field, values, as = field }) {
    const indexOf = categoryIndex(field, values);
    return perRow('one-hot', (row) => {
      const data = new Float32Array(values.length);
      data[indexOf(row)] = 1;
      return replaceFields(row, [field], { [as]: { dtype: 'float32', shape: [values.length], data } });
    });
  },
});
