import { sortByName, uniqueIdentifiers } from './identifiers.ts';
import type { ModelDescription } from './model-description.ts';
import { modelPart } from './openapi-model.ts';
import { problemResponses } from './openapi-problems.ts';
import { routePaths } from './openapi-routes.ts';
import { contractSchemas } from './openapi-schemas.ts';

export interface OpenApiServer {
  /** Version of the server, shown as the version of the API. */
  readonly version: string;
  /** Where it is reached; left out: where the document came from. */
  readonly url?: string;
}

export interface OpenApiDocument {
  readonly openapi: '3.1.1';
  readonly paths: Readonly<Record<string, unknown>>;
  readonly components: Readonly<Record<string, unknown>>;
  readonly [key: string]: unknown;
}

const info = (version: string) => ({
  title: 'web-single predictor',
  version,
  summary: 'Typed predictions of ONNX models.',
  description:
    'One operation per loaded model, with the types, limits and examples of its signature. ' +
    'Errors are `application/problem+json`; decide by `code`.',
  license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
});

const tags = [
  { name: 'predictions', description: 'Send rows or an image, get predictions.' },
  { name: 'models', description: 'What is served: signatures, cards, examples, versions.' },
  { name: 'inference protocol', description: 'The Open Inference Protocol: tensors in, tensors out.' },
  { name: 'server', description: 'Versions, probes, metrics.' },
];

/** The OpenAPI 3.1.1 document of a server with these models; the same input gives the same document. */
export function createOpenApi(models: readonly ModelDescription[], server: OpenApiServer): OpenApiDocument {
  const sorted = sortByName(models);
  const identifiers = uniqueIdentifiers(sorted.map(({ name }) => name));
  const parts = sorted.map((model, index) => modelPart(model, identifiers[index] ?? model.name));
  return {
    openapi: '3.1.1',
    info: info(server.version),
    servers: [{ url: server.url ?? '/' }],
    security: [],
    tags,
    paths: Object.assign({}, ...parts.map(({ paths }) => paths), routePaths()) as Record<string, unknown>,
    components: {
      schemas: Object.assign(contractSchemas(), ...parts.map(({ schemas }) => schemas)) as Record<string, unknown>,
      responses: problemResponses(),
    },
  };
}
