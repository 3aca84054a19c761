import { stepSpecSchema } from '@web-single/preprocessing';
import { z } from 'zod';
import { unsafePathReason } from '../open-file.ts';
import { versionProblem } from '../package-name.ts';
import { inputFieldSchema, outputFieldSchema } from './field-schema.ts';
import { strictObject } from './strict-object.ts';

const name = z.string().regex(/^[A-Za-z0-9_-][A-Za-z0-9._-]{0,63}$/, {
  error: 'Expected 1 to 64 of A-Z a-z 0-9 . _ -, not starting with a dot.',
});
const sha256 = z.string().regex(/^[0-9a-f]{64}$/, { error: 'Expected a sha256 digest: 64 of 0-9 a-f.' });
const path = z
  .string()
  .min(1)
  .refine((given) => unsafePathReason(given) === undefined, {
    error: ({ input }) => `The path ${unsafePathReason(String(input))}; expected a relative path inside the package.`,
  });
const version = z
  .union([z.string(), z.int().nonnegative()], { error: 'Expected an integer (3) or a semantic version (1.2.0).' })
  .refine((given) => versionProblem(String(given)) === undefined, {
    error: ({ input }) => versionProblem(String(input)) ?? '',
  });
const auto = z.literal('auto');
const fieldName = z.string().min(1).max(256);

const signature = strictObject({
  input: z.record(fieldName, inputFieldSchema),
  output: z.record(fieldName, outputFieldSchema),
});

const engine = strictObject({
  placement: z
    .enum(['auto', 'inline', 'process'])
    .default('auto')
    .describe('In the front process or in a child; auto measures at load.'),
  instances: z
    .union([auto, z.int().min(1).max(64)], { error: 'Expected "auto" or an integer from 1 to 64.' })
    .default('auto'),
  runTimeoutMs: z
    .union([auto, z.int().min(1)], { error: 'Expected "auto" or milliseconds.' })
    .default('auto')
    .describe('A run that takes longer is killed.'),
});

const batching = strictObject({
  maxRows: z
    .union([auto, z.int().min(1)], { error: 'Expected "auto" or an integer of at least 1.' })
    .default('auto')
    .describe('Most rows of one run.'),
  maxDelayMs: z.number().min(0).max(60_000).default(0).describe('How long a batch may wait for company.'),
});

/** A model package's `model.yaml`. Everything but `model` may be left out: the graph then says it. */
export const manifestSchema = strictObject({
  name: name.optional().describe('What clients ask for. Default: the folder.'),
  version: version.optional().describe('An integer or a semantic version. Default: the folder, else 1.'),
  task: z.string().min(1).max(64).optional().describe('tabular-classification, image-classification, …'),
  description: z.string().max(10_000).optional(),
  license: z.string().max(256).optional().describe('Licence of the weights, an SPDX identifier.'),
  model: strictObject({ file: path.describe('The ONNX file.'), sha256: sha256.optional() }),
  requires: z
    .record(z.string(), z.string())
    .optional()
    .describe('Versions of our components: { preprocessing: ^1.0.0 }.'),
  signature: signature.optional().describe('Named, typed inputs and outputs as the caller sees them.'),
  before: z.array(stepSpecSchema).max(100).optional().describe('Steps before the session.'),
  after: z.array(stepSpecSchema).max(100).optional().describe('Steps after the session.'),
  batching: batching.optional(),
  engine: engine.optional(),
  golden: path.optional().describe('Recorded cases, golden.jsonl.'),
  files: z.record(path, sha256).optional().describe("The other files' sha256 by path."),
  provenance: z
    .looseObject({ importedFrom: z.string().optional(), assumptions: z.array(z.unknown()).optional() })
    .optional()
    .describe('Where the package came from, and what was guessed.'),
});

export type Manifest = z.infer<typeof manifestSchema>;
