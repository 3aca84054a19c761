import type { FastifyServerOptions } from 'fastify';

/**
 * No route of ours has a schema of Fastify's: requests are checked against signatures. Its compilers (ajv, fast-json-stringify)
 * would be loaded at every start for nothing; the bundle leaves them out.
 */
export const noSchemas = {
  compilersFactory: { buildValidator: refuse, buildSerializer: refuse },
} as NonNullable<FastifyServerOptions['schemaController']>;

function refuse(): never {
  throw new Error('A route has a schema of Fastify: describe it in the contract instead, or take noSchemas away.');
}
