import { z } from 'zod';
import type { Signature } from '@web-single/signature';

const base = {
  optional: z.boolean().exactOptional(),
  description: z.string().exactOptional(),
  example: z.unknown().exactOptional(),
};

const dtypes = [
  'bool',
  'int8',
  'uint8',
  'int16',
  'uint16',
  'int32',
  'uint32',
  'int64',
  'uint64',
  'float16',
  'float32',
  'float64',
  'string',
] as const;

const dtype = z.enum(dtypes);
const numberField = z.object({
  ...base,
  type: z.literal('number'),
  integer: z.boolean().exactOptional(),
  unit: z.string().exactOptional(),
  min: z.number().exactOptional(),
  max: z.number().exactOptional(),
  dtype: dtype.exclude(['string', 'bool']).exactOptional(),
});
const booleanField = z.object({ ...base, type: z.literal('boolean') });
const categoryField = z.object({
  ...base,
  type: z.literal('category'),
  values: z.array(z.union([z.string(), z.number(), z.boolean()])),
});
const textField = z.object({ ...base, type: z.literal('text'), maxLength: z.number().exactOptional() });
const imageField = z.object({ ...base, type: z.literal('image'), maxPixels: z.number().exactOptional() });
const tensorField = z.object({
  ...base,
  type: z.literal('tensor'),
  dtype,
  dims: z.array(z.union([z.number(), z.string(), z.null()])),
});
const scoresField = z.object({
  ...base,
  type: z.literal('scores'),
  of: z.string(),
  labels: z.array(z.string()).exactOptional(),
});

const common = [numberField, booleanField, categoryField, textField, tensorField] as const;

/** Signature as `GET /v1/models/{model}` shows it. Unknown keys are dropped, so that a newer server can be read. */
export const signatureSchema: z.ZodType<Signature> = z.object({
  input: z.record(z.string(), z.discriminatedUnion('type', [...common, imageField])),
  output: z.record(z.string(), z.discriminatedUnion('type', [...common, scoresField])),
  bareInput: z.string().exactOptional(),
});
