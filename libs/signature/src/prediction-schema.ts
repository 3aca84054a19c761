import { mayHoldNull, type OutputField, type ScoresField } from './field.ts';
import type { JsonSchema } from './json-schema.ts';
import { scoresLabels } from './scores-labels.ts';
import type { Signature } from './signature.ts';
import { valueSchema } from './value-schema.ts';

/** JSON Schema of one prediction of a response: every output is there, an optional one may be null. */
export function predictionSchema(signature: Signature): JsonSchema {
  const fields = Object.entries(signature.output);
  return {
    type: 'object',
    properties: Object.fromEntries(
      fields.map(([name, field]) => [
        name,
        field.type === 'scores' ? scoresSchema(signature, field) : outputSchema(field),
      ]),
    ),
    required: fields.map(([name]) => name),
    additionalProperties: false,
  };
}

/** An optional tensor of floats may hold null where the model gave no number. */
function outputSchema(field: Exclude<OutputField, ScoresField>): JsonSchema {
  const schema = valueSchema(field);
  return field.type === 'tensor' && mayHoldNull(field) ? withNullElements(schema) : schema;
}

function withNullElements(schema: JsonSchema): JsonSchema {
  const { items } = schema;
  return items === undefined
    ? { ...schema, type: ['number', 'null'] }
    : { ...schema, items: withNullElements(items as JsonSchema) };
}

/** Any number: scores may be margins, not only probabilities. */
function scoresSchema(signature: Signature, field: ScoresField): JsonSchema {
  const labels = scoresLabels(signature, field);
  const number = { type: field.optional === true ? ['number', 'null'] : 'number' };
  const keys =
    labels === null
      ? { additionalProperties: number }
      : {
          properties: Object.fromEntries(labels.map((label) => [label, number])),
          required: labels,
          additionalProperties: false,
        };
  return {
    type: field.optional === true ? ['object', 'null'] : 'object',
    ...keys,
    ...(field.description !== undefined && { description: field.description }),
    ...(field.example !== undefined && { examples: [field.example] }),
  };
}
