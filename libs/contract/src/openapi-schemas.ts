import { z } from 'zod';
import { modelDescriptionSchema, modelListSchema } from './model-description.ts';
import { oipErrorSchema } from './oip/oip-routes.ts';
import { predictResponseSchema } from './predict-response.ts';
import { problemSchema } from './problem.ts';
import { readinessSchema, serverInfoSchema } from './server-info.ts';

export type JsonSchema = Readonly<Record<string, unknown>>;

/** Schemas of the contract that get a name in the document. */
const named: readonly (readonly [name: string, schema: z.ZodType])[] = [
  ['Problem', problemSchema],
  ['ModelDescription', modelDescriptionSchema],
  ['ModelList', modelListSchema],
  ['PredictResponse', predictResponseSchema],
  ['ServerInfo', serverInfoSchema],
  ['Readiness', readinessSchema],
  ['OipError', oipErrorSchema],
];

/** JSON Schema 2020-12 of a zod schema, written out in place. `input`: an answer may grow, only strict objects are closed. */
export function toJsonSchema(schema: z.ZodType): JsonSchema {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { target: 'draft-2020-12', io: 'input' });
  return rest;
}

export const reference = (name: string): JsonSchema => ({ $ref: `#/components/schemas/${name}` });

/** A reference where the schema has a name in the document, else the schema itself. */
export function schemaOrReference(schema: z.ZodType): JsonSchema {
  const found = named.find(([, candidate]) => candidate === schema);
  return found === undefined ? toJsonSchema(schema) : reference(found[0]);
}

/** `components.schemas` of the static part. */
export function contractSchemas(): Record<string, JsonSchema> {
  return Object.fromEntries(named.map(([name, schema]) => [name, toJsonSchema(schema)]));
}
