import { z } from 'zod';
import type { Row, Value } from '@web-single/tensor';
import { defineStep } from '../../define-step.ts';
import { perRow } from '../../per-row.ts';
import { mismatch, valueAt } from '../../row-access.ts';
import { fieldName } from '../../step-params.ts';

const standard = z.strictObject({
  mean: z.number(),
  std: z.number().refine((std) => std !== 0, { error: 'Expected a number other than 0' }),
});

/** Standardises numbers in float64: (value − mean) / std. */
export const scale = defineStep({
  name: 'scale',
  summary: 'Replaces numbers by (value − mean) / std; null stays null.',
  params: z.strictObject({ fields: z.record(fieldName, standard) }),
  create({ fields }) {
    const entries = Object.entries(fields);
    return perRow('scale', (row) => ({
      ...row,
      ...Object.fromEntries(entries.map(([field, { mean, std }]) => [field, scaled(row, field, { mean, std })])),
    }));
  },
});

function scaled(row: Row, field: string, { mean, std }: z.output<typeof standard>): Value {
  const value = valueAt(row, field);
  if (value === null) return null;
  if (typeof value !== 'number') throw mismatch(field, 'a number', value);
  return (value - mean) / std;
}
