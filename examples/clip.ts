// examples/clip.ts
import { defineStep, perRow, RowRejection } from '@web-single/preprocessing';
import { z } from 'zod';

/** Clips a number to a range; null stays null. */
export const clip = defineStep({
  name: 'clip',
  summary: 'Clips a number to "min" and "max"; null stays null.',
  params: z.strictObject({ field: z.string().min(1), min: z.number(), max: z.number() }),
  create({ field, min, max }) {
    return perRow('clip', (row) => {
      const value = Object.hasOwn(row, field) ? row[field] : null;
      if (value === null || value === undefined) return row;
      if (typeof value !== 'number') return new RowRejection({ field, expected: 'a number', got: typeof value });
      return { ...row, [field]: Math.min(Math.max(value, min), max) };
    });
  },
});
