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

const labelValue = z.union([z.string(), z.number(), z.boolean()]);

const exampleSchema = z.object({
  input: z.record(z.string(), z.unknown()),
  output: z.record(z.string(), z.unknown()),
});

const score = z.number().min(0).max(1);

/** As the overrides file has it. */
const overridesSchema = z.object({
  sha256: z.string().describe('Of the overrides file, as sha256sum prints it.'),
  labels: z.record(z.string(), labelValue).exactOptional().describe('Label of the package: the one that is shown.'),
  thresholds: z.record(z.string(), score).exactOptional(),
  minScore: score.exactOptional(),
  otherwise: labelValue.exactOptional().describe('The answer where no label has the score it needs.'),
  input: z
    .record(z.string(), z.object({ min: z.number().exactOptional(), max: z.number().exactOptional() }))
    .exactOptional(),
  enabled: z.boolean().exactOptional().describe('false: predictions are refused with MODEL_NOT_READY.'),
});

const rowTensorSchema = z
  .object({
    name: z.string().describe('The name of the field.'),
    datatype: z.string(),
    shape: z.array(z.int()).readonly().describe('-1 for the rows, in front, and every other size that varies.'),
    optional: z.literal(true).exactOptional(),
  })
  .readonly();

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
  rowLevel: z
    .object({ inputs: z.array(rowTensorSchema).readonly(), outputs: z.array(rowTensorSchema).readonly() })
    .exactOptional()
    .describe('The fields of the signature as tensors of the Open Inference Protocol: what /v2 calls the row level.'),
  overrides: overridesSchema
    .exactOptional()
    .describe('What an operator changed without a new package; the signature shows the result.'),
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
