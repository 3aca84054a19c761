import { randomUUID } from 'node:crypto';
import {
  codeOfHttpStatus,
  ContractError,
  ERROR_CATALOG,
  isErrorCode,
  OIP_EXTENSIONS,
  oipHttpStatus,
  toOipError,
} from '@web-single/contract';
import { PackageError, type ModelPackage } from '@web-single/model-package';
import type { Serving } from '@web-single/serving';
import { fastify, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import type { InferenceCalls } from '../oip/inference-calls.ts';
import { BrokenRequests } from '../rest/broken-requests.ts';
import { noSchemas } from '../rest/no-schemas.ts';
import type { ModelRepository } from './model-repository.ts';
import { requireToken } from './require-token.ts';

export interface AdminParts {
  readonly token: string;
  readonly host: string;
  readonly calls: InferenceCalls;
  readonly serving: Serving;
  readonly repository: ModelRepository;
  readonly log: Logger;
}

interface ModelRoute {
  Params: { readonly model: string };
}

const BODY_LIMIT_BYTES = 64 * 1024;
const REQUEST_TIMEOUT_MS = 10_000;

/** The listener that changes what is served: the model repository extension behind a token. Plain Fastify: it has five routes. */
export function createAdminServer(parts: AdminParts): FastifyInstance {
  const { calls, token, host, log } = parts;
  const broken = new BrokenRequests((refusal) => log.info(refusal, 'request'));
  const server = fastify({
    logger: false,
    schemaController: noSchemas,
    exposeHeadRoutes: false,
    bodyLimit: BODY_LIMIT_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    forceCloseConnections: true,
    genReqId: () => randomUUID(),
    clientErrorHandler: (error, socket) => broken.refuse(error, socket),
    frameworkErrors: (error, request, reply) => broken.refuseUrl(error, request, reply.raw),
    // Refused by the guard: Node's own refusal has no body.
    http: { requireHostHeader: false },
  });
  const hosts = new Set(['localhost', '127.0.0.1', '[::1]', host.toLowerCase()]);
  server.addHook('onRequest', async (request) => requireToken(request, token, hosts));
  server.setErrorHandler((error, request, reply) => answerError(error, request, reply, log));
  server.setNotFoundHandler((request, reply) =>
    answerError(new ContractError('NOT_FOUND', 'There is no such path.'), request, reply, log),
  );
  acceptAnyBody(server);
  server.get('/v2', () => ({ ...calls.serverMetadata(), extensions: OIP_EXTENSIONS.admin }));
  server.post('/v2/repository/index', (request) => calls.repositoryIndex(wantsReadyOnly(request.body)));
  server.post<ModelRoute>('/v2/repository/models/:model/load', (request, reply) => load(parts, request, reply));
  server.post<ModelRoute>('/v2/repository/models/:model/unload', (request, reply) => unload(parts, request, reply));
  return server;
}

/** Stock clients send no content type, and a body of parameters that do not concern us. */
function acceptAnyBody(server: FastifyInstance): void {
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => {
    if (body === '') return done(null, {});
    try {
      return done(null, JSON.parse(String(body)));
    } catch {
      return done(new ContractError('INVALID_REQUEST', 'The body is not valid JSON.'));
    }
  });
}

function wantsReadyOnly(body: unknown): boolean {
  return typeof body === 'object' && body !== null && 'ready' in body && body.ready === true;
}

/** Reads the model's files again and lets it take over; what serves until then serves on where this fails. */
async function load(parts: AdminParts, request: FastifyRequest<ModelRoute>, reply: FastifyReply): Promise<void> {
  const { model } = request.params;
  refuseOverrides(request.body);
  const packages = await openOrRefuse(parts.repository, model);
  const failures = await parts.serving.bringUp(packages);
  forgetGuesses(parts.serving, packages);
  audit(parts.log, request, {
    action: 'load',
    model,
    digests: packages.map(({ digest }) => digest),
    failed: failures.length,
  });
  if (failures.length > 0) {
    const reasons = failures.map(({ version, error }) => `version ${version}: ${error.message}`);
    throw new ContractError('INVALID_PACKAGE', `failed to load '${shorten(model)}', ${reasons.join(' ')}`);
  }
  await reply.code(200).send();
}

async function unload(parts: AdminParts, request: FastifyRequest<ModelRoute>, reply: FastifyReply): Promise<void> {
  const { model } = request.params;
  if (!parts.serving.models.names().includes(model)) {
    throw new ContractError('MODEL_NOT_FOUND', `Request for unknown model: '${shorten(model)}' is not found.`);
  }
  await parts.serving.unload(model);
  audit(parts.log, request, { action: 'unload', model });
  await reply.code(200).send();
}

async function openOrRefuse(repository: ModelRepository, model: string) {
  try {
    return await repository.open(model);
  } catch (error) {
    if (!(error instanceof PackageError)) throw error;
    const problems = error.problems.map(({ where, message }) => `${where}: ${message}`);
    throw new ContractError('INVALID_PACKAGE', `failed to load '${shorten(model)}', ${problems.join(' ')}`);
  }
}

/** Before it was opened a package was listed under the version of its folder; its manifest may name another. */
function forgetGuesses({ models }: Serving, packages: readonly ModelPackage[]): void {
  const opened = new Set(packages.map(({ name, version }) => `${name}/${version}`));
  for (const name of new Set(packages.map((found) => found.name))) {
    for (const { version, state } of models.versions(name))
      if (state.state === 'unloaded' && !opened.has(`${name}/${version}`)) models.remove(name, version);
  }
}

/** A load takes what lies in the repository; a configuration or files in the request would be another model. */
function refuseOverrides(body: unknown): void {
  const parameters = typeof body === 'object' && body !== null && 'parameters' in body ? body.parameters : undefined;
  const given = Object.keys(typeof parameters === 'object' && parameters !== null ? parameters : {});
  if (given.some((name) => name === 'config' || name.startsWith('file:'))) {
    throw new ContractError(
      'NOT_IMPLEMENTED',
      'A load takes neither "config" nor files: change the package in the repository.',
    );
  }
}

/** Every change of state leaves a line: what, on which model, with which result. */
function audit(log: Logger, request: FastifyRequest, fields: object): void {
  log.info({ audit: true, requestId: request.id, peer: request.ip, ...fields }, 'model repository');
}

function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply, log: Logger): FastifyReply {
  const found = error instanceof Error && 'code' in error ? error.code : undefined;
  const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500;
  const code = isErrorCode(found) ? found : status < 500 ? codeOfHttpStatus(status) : 'INTERNAL';
  if (code === 'INTERNAL') log.error({ requestId: request.id, err: error }, 'unforeseen error');
  const message = isErrorCode(found) && error instanceof Error ? error.message : ERROR_CATALOG[code].title;
  if (code === 'UNAUTHENTICATED') void reply.header('www-authenticate', 'Bearer');
  return reply.code(oipHttpStatus(code)).send(toOipError(code, { message, requestId: request.id }));
}

function shorten(name: string): string {
  return name.slice(0, 64);
}
