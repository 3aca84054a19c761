import type { Row } from '@web-single/tensor';
import { z } from 'zod';
import { defineStep } from '../../define-step.ts';
import { perRow } from '../../per-row.ts';
import { valueAt } from '../../row-access.ts';
import { category, fieldName } from '../../step-params.ts';

/** Puts a value where the caller left one out or sent null. */
export const fillMissing = defineStep({
  name: 'fill-missing',
  summary: 'Replaces null and left-out values by the given ones.',
  params: z.strictObject({ fields: z.record(fieldName, category) }),
  create({ fields }) {
    const entries = Object.entries(fields);
    const names = Object.keys(fields);
    const hasMissing = (row: Row): boolean => names.some((name) => valueAt(row, name) === null);
    return perRow('fill-missing', (row) => {
      if (!hasMissing(row)) return row;
      return { ...row, ...Object.fromEntries(entries.filter(([field]) => valueAt(row, field) === null)) };
    });
  },
});
