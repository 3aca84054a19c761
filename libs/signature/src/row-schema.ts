import type { JsonSchema } from './json-schema.ts';
import type { Signature } from './signature.ts';
import { valueSchema } from './value-schema.ts';

/** JSON Schema of one row of a request: what `checkRows` takes as JSON, no more and, beyond what a schema can say, no less. */
export function rowSchema(signature: Signature): JsonSchema {
  const fields = Object.entries(signature.input);
  const row: JsonSchema = {
    type: 'object',
    properties: Object.fromEntries(fields.map(([name, field]) => [name, valueSchema(field)])),
    required: fields.filter(([, field]) => field.optional !== true).map(([name]) => name),
    additionalProperties: false,
  };
  const bare = signature.bareInput === undefined ? undefined : signature.input[signature.bareInput];
  // A bare image is a raw body, not JSON; a bare null is no row.
  if (bare === undefined || bare.type === 'image') return row;
  const { optional: _optional, ...required } = bare;
  return { anyOf: [row, valueSchema(required)] };
}
