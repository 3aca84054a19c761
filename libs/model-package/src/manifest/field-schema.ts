import { dtypes, isDtype } from '@web-single/tensor';
import type { Dtype } from '@web-single/tensor';
import { z } from 'zod';
import { strictObject } from './strict-object.ts';

const dtypeNames = Object.keys(dtypes).filter(isDtype) as [Dtype, ...Dtype[]];
const numericDtypes = dtypeNames.filter((dtype) => dtype !== 'string' && dtype !== 'bool') as [Dtype, ...Dtype[]];

const base = {
  optional: z.boolean().optional().describe('May be left out or null: a missing value.'),
  description: z.string().max(2000).optional(),
  example: z.unknown().optional().describe('A legal value, for docs and the playground.'),
};

/** A class in its own type. */
export const categoryValue = z.union([z.string(), z.number(), z.boolean()]);

const number = strictObject({
  type: z.literal('number'),
  ...base,
  integer: z.boolean().optional().describe('Refuses fractions.'),
  unit: z.string().optional().describe('Unit of the value, `min` and `max`: mm.'),
  min: z.number().optional().describe('Smallest legal value.'),
  max: z.number().optional().describe('Largest legal value.'),
  dtype: z.enum(numericDtypes).optional().describe('What the session holds; bounds the range.'),
}).refine(({ min, max }) => min === undefined || max === undefined || min <= max, {
  path: ['min'],
  error: 'Expected at most "max".',
});

const category = strictObject({
  type: z.literal('category'),
  ...base,
  values: z
    .array(categoryValue)
    .min(1)
    .refine((values) => new Set(values).size === values.length, { error: 'Expected every value once.' })
    .describe('Every legal value in its own type: 3 and "3" differ.'),
});

const boolean = strictObject({ type: z.literal('boolean'), ...base });
const text = strictObject({ type: z.literal('text'), ...base, maxLength: z.int().positive().optional() });
const image = strictObject({ type: z.literal('image'), ...base, maxPixels: z.int().positive().optional() });
const tensor = strictObject({
  type: z.literal('tensor'),
  ...base,
  dtype: z.enum(dtypeNames),
  dims: z
    .array(z.union([z.int().nonnegative(), z.string().min(1), z.null()]))
    .describe('Without the batch: [3, 224, 224]; a name or null where dynamic.'),
});
const scores = strictObject({
  type: z.literal('scores'),
  ...base,
  of: z.string().min(1).describe('The category output whose values are the keys.'),
  labels: z
    .array(z.string())
    .min(1)
    .optional()
    .describe('The keys, where these are not all values: the "otherwise" of step classify has no score.'),
});

/** A field that callers fill. */
export const inputFieldSchema = z.discriminatedUnion('type', [number, category, boolean, text, image, tensor]);

/** A field that callers get. */
export const outputFieldSchema = z.discriminatedUnion('type', [number, category, boolean, text, tensor, scores]);
