import { z } from 'zod';
import { signatureSchema } from './signature-schema.ts';

const versionSchema = z.object({
  version: z.string(),
  digest: z.string(),
  active: z.boolean().describe('Answers requests that name no version.'),
  ready: z.boolean(),
});

const engineSchema = z.object({
  placement: z.enum(['inline', 'process']),
  maxRows: z.int().min(1).describe('Most rows of one run.'),
  instances: z.int().min(1).describe('Runs at the same time.'),
});

const exampleSchema = z.object({
  input: z.record(z.string(), z.unknown()),
  output: z.record(z.string(), z.unknown()),
});

export type ModelExample = z.infer<typeof exampleSchema>;

/** What `GET /v1/models/{model}` answers; OpenAPI and the SDK are written from nothing else. */
export const modelDescriptionSchema = z.object({
  name: z.string().min(1),
  version: z.string().min(1).describe('The active version.'),
  versions: z.array(versionSchema),
  digest: z.string(),
  task: z.string(),
  description: z.string(),
  license: z.string().exactOptional(),
  signature: signatureSchema,
  engine: engineSchema.exactOptional().describe('Left out while the model is not loaded.'),
  card: z.string().exactOptional().describe('Markdown.'),
  examples: z.array(exampleSchema).describe('From golden cases; images as {"base64": …}.'),
  assumptions: z.array(z.string()).describe('What was guessed about the model, because nothing states it.'),
  warnings: z.array(z.string()),
});

export type ModelDescription = z.infer<typeof modelDescriptionSchema>;

/** One entry of `GET /v1/models`. */
export const modelSummarySchema = modelDescriptionSchema
  .pick({ name: true, version: true, digest: true, task: true, description: true })
  .extend({ ready: z.boolean(), default: z.boolean().describe('Answers POST /predict.') });

export const modelListSchema = z.object({ models: z.array(modelSummarySchema) });

export type ModelSummary = z.infer<typeof modelSummarySchema>;
