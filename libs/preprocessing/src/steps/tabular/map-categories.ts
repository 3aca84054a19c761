import { z } from 'zod';
import { defineStep } from '../../define-step.ts';
import { perRow } from '../../per-row.ts';
import { replaceFields } from '../../row-access.ts';
import { categories, fieldName } from '../../step-params.ts';
import { categoryIndex } from './category-index.ts';

/** Turns a category into its index in `values`. */
export const mapCategories = defineStep({
  name: 'map-categories',
  summary: 'Replaces a category by its index in "values", 0-based; rejects any other value.',
  params: z.strictObject({ field: fieldName, values: categories, as: fieldName.optional() }),
  create({ field, values, as = field }) {
    const indexOf = categoryIndex(field, values);
    return perRow('map-categories', (row) => replaceFields(row, [field], { [as]: indexOf(row) }));
  },
});
