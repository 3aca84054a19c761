import { z } from 'zod';
import { defineStep } from '../../define-step.ts';
import { perRow } from '../../per-row.ts';
import { replaceFields, requireValue } from '../../row-access.ts';
import { renames } from '../../step-params.ts';

/** Gives session outputs the names that callers see. */
export const renameOutputs = defineStep({
  name: 'rename-outputs',
  summary: 'Gives session outputs the names that callers see: { from: to }.',
  params: z.strictObject({ fields: renames }),
  create({ fields }) {
    const from = Object.keys(fields);
    return perRow('rename-outputs', (row) => {
      const renamed = from.map(
        (field) => [fields[field]!, requireValue(row, field, 'an output of the session')] as const,
      );
      return replaceFields(row, from, Object.fromEntries(renamed));
    });
  },
});
