import { z } from 'zod';

// Parameters that several steps take. All are strict, and all print as JSON Schema.

/** Name of a value in the row. */
export const fieldName = z.string().min(1);

/** At least one name, none twice. */
export const fieldNames = z
  .array(fieldName)
  .min(1)
  .refine((names) => new Set(names).size === names.length, { error: 'Expected every name once' });

/** A class or category in its own type: `3` and `"3"` differ. */
export const category = z.union([z.string(), z.number(), z.boolean()]);

/** At least one category, none twice. */
export const categories = z
  .array(category)
  .min(1)
  .refine((values) => new Set(values).size === values.length, { error: 'Expected every value once' });

/** Classes in the order of their scores; as keys of an answer they must differ as strings, too. */
export const labelNames = z
  .array(category)
  .min(1)
  .refine((labels) => new Set(labels.map(String)).size === labels.length, { error: 'Expected every label once' });

/** Old name → new name; no two get the same new one. */
export const renames = z
  .record(fieldName, fieldName)
  .refine((names) => new Set(Object.values(names)).size === Object.keys(names).length, {
    error: 'Expected a new name of its own for every field',
  });

/** A grey level. */
export const level = z.int().min(0).max(255);

/** A side of a picture, in pixels. */
export const side = z.int().min(1).max(16_384);
