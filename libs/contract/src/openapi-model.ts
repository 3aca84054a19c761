import { predictionSchema, rowSchema } from '@web-single/signature';
import type { ModelDescription, ModelExample } from './model-description.ts';
import { predictParameters } from './openapi-parameters.ts';
import { predictProblems } from './openapi-problems.ts';
import { reference, toJsonSchema } from './openapi-schemas.ts';
import type { JsonSchema } from './openapi-schemas.ts';
import { failedRowSchema, modelIdentitySchema, timingSchema } from './predict-response.ts';

const IMAGE_TYPES = ['image/png', 'image/jpeg', 'image/webp'] as const;

/** The paths and schemas one model adds to the document. `identifier` is unique in it and a safe name. */
export interface ModelPart {
  readonly paths: Readonly<Record<string, JsonSchema>>;
  readonly schemas: Readonly<Record<string, JsonSchema>>;
}

export function modelPart(model: ModelDescription, identifier: string): ModelPart {
  const { name, version, description } = model;
  const operation = {
    operationId: `predict${identifier}`,
    summary: `Predict with ${name}`,
    description: `${description}\n\nModel \`${name}\`, version \`${version}\`, ${model.task}.`.trimStart(),
    tags: ['predictions'],
    parameters: predictParameters(),
    requestBody: { required: true, content: requestContent(model, identifier) },
    responses: { '200': answer(model, identifier), ...predictProblems() },
  };
  return {
    paths: { [`/v1/models/${encodeURIComponent(name)}/predict`]: { post: operation } },
    schemas: {
      ModelIdentity: toJsonSchema(modelIdentitySchema),
      Timing: toJsonSchema(timingSchema),
      FailedRow: toJsonSchema(failedRowSchema),
      [`${identifier}Row`]: rowSchema(model.signature),
      [`${identifier}Prediction`]: predictionSchema(model.signature),
    },
  };
}

function requestContent({ signature, examples }: ModelDescription, identifier: string): Record<string, JsonSchema> {
  const fields = Object.entries(signature.input);
  const [first] = fields;
  const json = {
    schema: {
      type: 'object',
      properties: { rows: { type: 'array', minItems: 1, items: reference(`${identifier}Row`) } },
      required: ['rows'],
      additionalProperties: false,
    },
    ...examplesOf(examples, ({ input }) => ({ rows: [input] })),
  };
  if (fields.length !== 1 || first?.[1].type !== 'image') return { 'application/json': json };
  return {
    'application/json': json,
    ...Object.fromEntries(IMAGE_TYPES.map((type) => [type, { schema: file(type) }])),
    'multipart/form-data': {
      schema: {
        type: 'object',
        properties: { [first[0]]: file('application/octet-stream') },
        required: [first[0]],
        additionalProperties: false,
      },
      encoding: { [first[0]]: { contentType: IMAGE_TYPES.join(', ') } },
    },
  };
}

/** `format: binary` says nothing in 3.1, but page and generators still read it. */
const file = (contentMediaType: string): JsonSchema => ({ type: 'string', format: 'binary', contentMediaType });

function answer(model: ModelDescription, identifier: string): JsonSchema {
  const { name, version, digest } = model;
  const timing = { queueMs: 0.02, preprocessMs: 0.05, inferMs: 0.04, postprocessMs: 0.03, totalMs: 0.14 };
  return {
    description: 'One prediction per row, in order; with `onError=row` an error in the place of a bad one.',
    content: {
      'application/json': {
        schema: {
          type: 'object',
          properties: {
            model: reference('ModelIdentity'),
            predictions: {
              type: 'array',
              items: { anyOf: [reference(`${identifier}Prediction`), reference('FailedRow')] },
            },
            timing: reference('Timing'),
          },
          required: ['model', 'predictions', 'timing'],
        },
        ...examplesOf(model.examples, ({ output }) => ({
          model: { name, version, digest },
          predictions: [output],
          timing,
        })),
      },
    },
  };
}

function examplesOf(examples: readonly ModelExample[], toValue: (example: ModelExample) => unknown): JsonSchema {
  if (examples.length === 0) return {};
  const entries = examples.map((example, index) => [
    `case${index + 1}`,
    { summary: `Golden case ${index + 1}`, value: toValue(example) },
  ]);
  return { examples: Object.fromEntries(entries) };
}
