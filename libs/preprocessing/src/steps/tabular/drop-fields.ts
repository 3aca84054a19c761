import { z } from 'zod';
import { defineStep } from '../../define-step.ts';
import { perRow } from '../../per-row.ts';
import { replaceFields } from '../../row-access.ts';
import { fieldNames } from '../../step-params.ts';

/** Takes fields out of the row that the session does not know. */
export const dropFields = defineStep({
  name: 'drop-fields',
  summary: 'Takes fields out of the row.',
  params: z.strictObject({ fields: fieldNames }),
  create({ fields }) {
    return perRow('drop-fields', (row) => replaceFields(row, fields, {}));
  },
});
