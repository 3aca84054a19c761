import { z } from 'zod';
import { defineStep } from '../../define-step.ts';
import { perRow } from '../../per-row.ts';
import { replaceFields } from '../../row-access.ts';
import { renames } from '../../step-params.ts';

/** Gives fields new names; a field that the row leaves out stays out. */
export const renameFields = defineStep({
  name: 'rename-fields',
  summary: 'Gives fields the names that the session uses: { from: to }.',
  params: z.strictObject({ fields: renames }),
  create({ fields }) {
    const from = Object.keys(fields);
    return perRow('rename-fields', (row) => {
      const present = from.filter((field) => Object.hasOwn(row, field));
      const renamed = Object.fromEntries(present.map((field) => [fields[field]!, row[field]!]));
      return replaceFields(row, present, renamed);
    });
  },
});
