import { z } from 'zod';
import { toJsonSchema } from './openapi-schemas.ts';
import type { JsonSchema } from './openapi-schemas.ts';
import { predictQuery } from './rest-contract.ts';

/** Headers of every request that runs a model. */
const deadlineHeaders = z.object({
  'X-Request-Timeout-Ms': z
    .int()
    .min(1)
    .max(999_999_999)
    .exactOptional()
    .describe("Deadline in milliseconds, at most the server's own cap; past it the answer is DEADLINE_EXCEEDED."),
});

/** Query and headers of a predict operation. */
export function predictParameters(): JsonSchema[] {
  return [...parametersOf('query', predictQuery), ...deadlineParameters()];
}

export function deadlineParameters(): JsonSchema[] {
  return parametersOf('header', deadlineHeaders);
}

interface ObjectSchema {
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
}

/** The parameters that the keys of an object schema are. */
export function parametersOf(place: 'path' | 'query' | 'header', schema: z.ZodType | undefined): JsonSchema[] {
  if (schema === undefined) return [];
  const { properties = {}, required = [] } = toJsonSchema(schema) as ObjectSchema;
  return Object.entries(properties).map(([name, { description, ...rest }]) => ({
    name,
    in: place,
    required: required.includes(name),
    ...(description === undefined ? {} : { description }),
    schema: rest,
  }));
}
