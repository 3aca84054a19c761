import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import multipart from '@fastify/multipart';
import { ContractError } from '@web-single/contract';
import { fastify, type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { BodyMemory } from '../bodies/body-memory.ts';
import type { Settings } from '../config/settings.ts';
import { beginRequests, type RequestParts } from './begin-request.ts';
import type { BrokenRequests } from './broken-requests.ts';
import { collectBody, limitMultipart } from './collect-body.ts';
import { readOrigins } from './cors.ts';
import { noSchemas } from './no-schemas.ts';
import { configureOipBodies } from './oip-edge.ts';
import { requestId } from './request-id.ts';
import { decorateWithOutcome } from './request-outcome.ts';

export const HEADERS_TIMEOUT_MS = 10_000;
export const BODY_TIMEOUT_MS = 30_000;
export const KEEP_ALIVE_MS = 75_000;
const CHECKING_INTERVAL_MS = 1000;
const MAX_PARTS = 64;
const MAX_TEXT_PART_BYTES = 64 * 1024;
/** What the parts' own headers may add to the files. */
const MULTIPART_OVERHEAD_BYTES = 64 * 1024;
const MAX_MULTIPART_TYPE_LENGTH = 200;

/** `OPTIONS *` has no path, which the framework's hooks expect; the specification of OIP writes the server's metadata both ways. */
const REWRITTEN: Readonly<Record<string, string>> = { '*': '/*', '/v2/': '/v2' };

/** The HTTP server with its limits and time-outs set on purpose (they are off or long by default). */
export function createFastify(settings: Settings, broken: BrokenRequests): FastifyInstance {
  return fastify({
    logger: false,
    schemaController: noSchemas,
    exposeHeadRoutes: false,
    bodyLimit: settings.JSON_LIMIT_BYTES,
    requestTimeout: BODY_TIMEOUT_MS,
    keepAliveTimeout: KEEP_ALIVE_MS,
    routerOptions: { maxParamLength: 256 },
    rewriteUrl: ({ url = '/' }: IncomingMessage) => REWRITTEN[url] ?? url,
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    genReqId: ({ headers }: IncomingMessage) => requestId(headers['x-request-id']),
    clientErrorHandler: (error: Error, socket: Socket) => broken.refuse(error, socket),
    frameworkErrors: (error: FastifyError, request: FastifyRequest, reply: FastifyReply) =>
      broken.refuseUrl(error, request, reply.raw),
    http: {
      headersTimeout: HEADERS_TIMEOUT_MS,
      connectionsCheckingInterval: CHECKING_INTERVAL_MS,
      // Checked by us: Node's own refusal has no body.
      requireHostHeader: false,
    },
  });
}

export interface EdgeParts extends Omit<RequestParts, 'origins'> {
  readonly settings: Settings;
  /** For bodies of the Open Inference Protocol, which are done when their answer is written. */
  readonly memory: BodyMemory;
}

/** Refusals before the body, body parsers by exact type, CORS where it is set, and the collection of routes for 405. */
export async function configureEdge(instance: FastifyInstance, parts: EdgeParts): Promise<void> {
  const { settings, routes, broken } = parts;
  const { server } = instance;
  server.on('connect', (_request, socket) => broken.refuseConnect(socket));
  // Invited by `beginRequests`, where nothing is wrong with the head; Node would invite every body.
  server.on('checkContinue', (request, response) => server.emit('request', request, response));
  // Refused by us: Node's own 417 has no body.
  server.on('checkExpectation', (request, response) => server.emit('request', request, response));
  decorateWithOutcome(instance);
  instance.addHook('onRoute', ({ url, method }) => {
    if (url !== '*' && url !== '/*') routes.add(url, [method].flat());
  });
  instance.addHook('onRequest', beginRequests({ ...parts, origins: readOrigins(settings.CORS_ORIGINS) }));
  instance.addHook('onSend', (_request, reply, payload, done) => {
    // A client must not send its next request on a connection that is about to be closed.
    if (parts.isDraining()) void reply.header('connection', 'close');
    done(null, payload);
  });
  await registerBodyParsers(instance, parts);
}

async function registerBodyParsers(instance: FastifyInstance, { settings, held, memory }: EdgeParts): Promise<void> {
  const { JSON_LIMIT_BYTES, IMAGE_LIMIT_BYTES } = settings;
  instance.removeAllContentTypeParsers();
  instance.addContentTypeParser('application/json', collectBody(JSON_LIMIT_BYTES, held));
  instance.addContentTypeParser(['image/png', 'image/jpeg', 'image/webp'], collectBody(IMAGE_LIMIT_BYTES, held));
  configureOipBodies(instance, settings.TENSOR_LIMIT_BYTES, held, memory);
  await instance.register(multipart, {
    limits: {
      fileSize: IMAGE_LIMIT_BYTES,
      files: MAX_PARTS,
      parts: MAX_PARTS,
      fields: MAX_PARTS,
      fieldSize: MAX_TEXT_PART_BYTES,
      fieldNameSize: 200,
    },
    throwFileSizeLimit: true,
  });
  instance.addHook('preParsing', (request, _reply, payload, done) => {
    const type = request.headers['content-type'] ?? '';
    if (!/^multipart\//i.test(type)) return done(null, payload);
    // The parser's search takes time in proportion to the boundary; RFC 2046 allows 70 characters.
    if (type.length > MAX_MULTIPART_TYPE_LENGTH)
      return done(new ContractError('INVALID_REQUEST', 'The boundary of the multipart body is too long.'));
    done(limitMultipart(request, IMAGE_LIMIT_BYTES + MULTIPART_OVERHEAD_BYTES, held) ?? null, payload);
  });
}
