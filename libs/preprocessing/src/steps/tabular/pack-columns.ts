import { isTensor } from '@web-single/tensor';
import type { Row, Value } from '@web-single/tensor';
import { z } from 'zod';
import { defineStep } from '../../define-step.ts';
import { perRow } from '../../per-row.ts';
import { readNumbers } from '../../read-numbers.ts';
import { mismatch, replaceFields, valueAt } from '../../row-access.ts';
import { fieldName, fieldNames } from '../../step-params.ts';

/** Packs numbers into one tensor, in the order of `fields`. */
export const packColumns = defineStep({
  name: 'pack-columns',
  summary: 'Replaces numbers, booleans and tensors of numbers by one tensor [k], in the order of "fields"; null → NaN.',
  params: z.strictObject({
    fields: fieldNames,
    as: fieldName,
    dtype: z.enum(['float32', 'float64']).default('float32'),
  }),
  create({ fields, as, dtype }) {
    return perRow('pack-columns', (row) => {
      const numbers = fields.flatMap((field) => columnNumbers(row, field));
      const shape = [numbers.length];
      const packed =
        dtype === 'float32'
          ? ({ dtype, shape, data: Float32Array.from(numbers) } as const)
          : ({ dtype, shape, data: Float64Array.from(numbers) } as const);
      return replaceFields(row, fields, { [as]: packed });
    });
  },
});

function columnNumbers(row: Row, field: string): readonly number[] {
  const value: Value = valueAt(row, field);
  if (value === null) return [NaN];
  if (typeof value === 'number') return [value];
  if (typeof value === 'boolean') return [value ? 1 : 0];
  const numbers = isTensor(value) || typeof value === 'bigint' ? readNumbers(value) : undefined;
  if (numbers === undefined) throw mismatch(field, 'a number, a boolean, null or a tensor of numbers', value);
  return Array.from(numbers);
}
