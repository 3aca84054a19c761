import type { z } from 'zod';
import { predictProblems, readProblems } from './openapi-problems.ts';
import { schemaOrReference, toJsonSchema } from './openapi-schemas.ts';
import type { JsonSchema } from './openapi-schemas.ts';
import { describeRoutes } from './rest-contract.ts';
import type { RouteDescription } from './rest-contract.ts';

const tagOf = ({ name }: RouteDescription): string => {
  if (name.startsWith('predict')) return 'predictions';
  return name === 'listModels' || name === 'getModel' ? 'models' : 'server';
};

interface ObjectSchema {
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
}

function parametersOf(place: 'path' | 'query', schema: z.ZodType | undefined): JsonSchema[] {
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

function responsesOf(route: RouteDescription): Record<string, JsonSchema> {
  const own = route.responses.filter(
    ({ status, schema }) => status < 400 || schemaOrReference(schema)['$ref'] !== PROBLEM,
  );
  return {
    ...Object.fromEntries(
      own.map(({ status, contentType, schema }) => [
        String(status),
        {
          description: status === 200 ? 'The answer.' : 'Not now.',
          content: { [contentType]: { schema: schemaOrReference(schema) } },
        },
      ]),
    ),
    ...(route.method === 'POST' ? predictProblems() : readProblems()),
  };
}

const PROBLEM = '#/components/schemas/Problem';

function operationOf(route: RouteDescription): JsonSchema {
  const parameters = [...parametersOf('path', route.pathParams), ...parametersOf('query', route.query)];
  return {
    operationId: route.name,
    summary: route.summary,
    tags: [tagOf(route)],
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(route.body === undefined
      ? {}
      : { requestBody: { required: true, content: { 'application/json': { schema: toJsonSchema(route.body) } } } }),
    responses: responsesOf(route),
  };
}

/** The static routes of the contract as OpenAPI paths. */
export function routePaths(): Record<string, JsonSchema> {
  return Object.fromEntries(
    describeRoutes().map((route) => [
      route.path.replace(/:(\w+)/g, '{$1}'),
      { [route.method.toLowerCase()]: operationOf(route) },
    ]),
  );
}
