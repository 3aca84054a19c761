import { deadlineParameters, parametersOf } from './openapi-parameters.ts';
import { oipErrors, predictProblems, readProblems } from './openapi-problems.ts';
import { schemaOrReference, toJsonSchema } from './openapi-schemas.ts';
import type { JsonSchema } from './openapi-schemas.ts';
import { describeRoutes } from './rest-contract.ts';
import type { RouteDescription } from './rest-contract.ts';

const isOip = (name: string): boolean => name.startsWith('oip');

const runsModel = (name: string): boolean => name.startsWith('predict') || name.startsWith('oipInfer');

const tagOf = ({ name }: RouteDescription): string => {
  if (isOip(name)) return 'inference protocol';
  if (name.startsWith('predict')) return 'predictions';
  return name === 'listModels' || name === 'getModel' ? 'models' : 'server';
};

function responsesOf(route: RouteDescription): Record<string, JsonSchema> {
  const own = route.responses.filter(
    ({ status, schema }) => status < 400 || !ERRORS.includes(String(schemaOrReference(schema)['$ref'])),
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
    ...errorsOf(route),
  };
}

const ERRORS = ['#/components/schemas/Problem', '#/components/schemas/OipError'];

function errorsOf({ name, method }: RouteDescription): Record<string, JsonSchema> {
  if (isOip(name)) return oipErrors(method);
  return method === 'POST' ? predictProblems() : readProblems();
}

/** JSON, and where tensors may follow as bytes the form that carries both. */
function contentOf({ name, body }: RouteDescription): JsonSchema {
  const json = { 'application/json': { schema: toJsonSchema(body!) } };
  return name.startsWith('oipInfer') ? { ...json, 'application/octet-stream': {} } : json;
}

function operationOf(route: RouteDescription): JsonSchema {
  const parameters = [
    ...parametersOf('path', route.pathParams),
    ...parametersOf('query', route.query),
    ...(runsModel(route.name) ? deadlineParameters() : []),
  ];
  return {
    operationId: route.name,
    summary: route.summary,
    tags: [tagOf(route)],
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(route.body === undefined
      ? {}
      : { requestBody: { required: !route.name.startsWith('oipRepository'), content: contentOf(route) } }),
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
