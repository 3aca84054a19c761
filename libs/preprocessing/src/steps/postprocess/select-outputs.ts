import { z } from 'zod';
import { defineStep } from '../../define-step.ts';
import { perRow } from '../../per-row.ts';
import { requireValue } from '../../row-access.ts';
import { fieldNames } from '../../step-params.ts';

/** Keeps the named outputs, in that order; all others stay inside. */
export const selectOutputs = defineStep({
  name: 'select-outputs',
  summary: 'Keeps only the named outputs, in the given order.',
  params: z.strictObject({ fields: fieldNames }),
  create({ fields }) {
    return perRow('select-outputs', (row) =>
      Object.fromEntries(fields.map((field) => [field, requireValue(row, field, 'an output of the session')])),
    );
  },
});
