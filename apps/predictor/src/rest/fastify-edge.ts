import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import multipart from '@fastify/multipart';
import { ContractError, ERROR_CATALOG } from '@web-single/contract';
import { ServingError } from '@web-single/serving';
import { fastify, type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { HeldBytes } from '../bodies/held-bytes.ts';
import type { Settings } from '../config/settings.ts';
import { answerShed, WRITE_TIMEOUT_MS } from './answer-shed.ts';
import type { BrokenRequests } from './broken-requests.ts';
import { collectBody, limitMultipart } from './collect-body.ts';
import { allowOrigin, answerPreflight, isPreflight, readOrigins } from './cors.ts';
import { drainLargeBody } from './drain-body.ts';
import { noSchemas } from './no-schemas.ts';
import { configureOipBodies } from './oip-edge.ts';
import { refuseEarly } from './refuse-early.ts';
import { decorateWithOutcome } from './request-outcome.ts';
import type { AnswerProblem } from './problem.filter.ts';
import type { RouteTable } from './route-table.ts';

const HEADERS_TIMEOUT_MS = 10_000;
const BODY_TIMEOUT_MS = 30_000;
const KEEP_ALIVE_MS = 75_000;
const CHECKING_INTERVAL_MS = 1000;
const MAX_PARTS = 64;
const MAX_TEXT_PART_BYTES = 64 * 1024;
/** What the parts' own headers may add to the files. */
const MULTIPART_OVERHEAD_BYTES = 64 * 1024;
const MAX_MULTIPART_TYPE_LENGTH = 200;
const CLIENT_GONE = ERROR_CATALOG.CANCELLED.httpStatus;

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
    genReqId: (request: IncomingMessage) => requestId(request),
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

/** Told once per request, when its reply is written or its connection is gone. */
export type OnAnswered = (request: FastifyRequest, status: number) => void;

export interface EdgeParts {
  readonly settings: Settings;
  readonly routes: RouteTable;
  readonly broken: BrokenRequests;
  readonly onAnswered: OnAnswered;
  readonly isDraining: () => boolean;
  /** Why a prediction would be shed, before its body is read. */
  readonly shedEarly: (request: FastifyRequest) => ServingError | ContractError | undefined;
  readonly answerProblem: AnswerProblem;
  readonly held: HeldBytes;
}

/** Refusals before the body, body parsers by exact type, CORS where it is set, and the collection of routes for 405. */
export async function configureEdge(instance: FastifyInstance, parts: EdgeParts): Promise<void> {
  const { settings, routes, broken } = parts;
  const { server } = instance;
  server.maxConnections = settings.MAX_CONNECTIONS;
  server.on('connect', (_request, socket) => broken.refuseConnect(socket));
  // Refused by us: Node's own 417 has no body.
  server.on('checkExpectation', (request, response) => server.emit('request', request, response));
  decorateWithOutcome(instance);
  instance.addHook('onRoute', ({ url, method }) => {
    if (url !== '*' && url !== '/*') routes.add(url, [method].flat());
  });
  const origins = readOrigins(settings.CORS_ORIGINS);
  instance.addHook('onRequest', (request, reply, done) => {
    const mayAnswer = origins.length > 0 && allowOrigin(request, reply, origins);
    const refusal = refuseEarly(request) ?? parts.shedEarly(request);
    if (refusal instanceof ServingError) return shed(refusal, request, reply, parts);
    followReply(request, reply, parts);
    void reply.header('x-request-id', request.id).header('x-content-type-options', 'nosniff');
    const methods = mayAnswer && isPreflight(request) ? routes.allowedMethods(request.url) : [];
    if (methods.length > 0) answerPreflight(request, reply, methods);
    else if (refusal === undefined) done();
    else parts.answerProblem(refusal, request, reply);
  });
  instance.addHook('onSend', (_request, reply, payload, done) => {
    // A client must not send its next request on a connection that is about to be closed.
    if (parts.isDraining()) void reply.header('connection', 'close');
    done(null, payload);
  });
  await registerBodyParsers(instance, parts);
}

/** Answers and counts a shed prediction, which nothing has to be followed of: its answer is written at once. */
function shed(error: ServingError, request: FastifyRequest, reply: FastifyReply, parts: EdgeParts): void {
  const headers = ['x-request-id', request.id, 'x-content-type-options', 'nosniff'];
  for (const [name, value] of Object.entries(reply.getHeaders())) headers.push(name, String(value));
  if (parts.isDraining()) headers.push('connection', 'close');
  drainLargeBody(request.raw);
  parts.onAnswered(request, answerShed(error, request, reply, headers));
}

function followReply(request: FastifyRequest, reply: FastifyReply, { broken, onAnswered, held }: EdgeParts): void {
  const { outcome } = request;
  const { socket } = request.raw;
  broken.follow(socket, outcome);
  // All is computed and handed over: from now on only the client's reading can take time, where the system did not take all.
  reply.raw.once('prefinish', () => {
    if (socket.writableLength > 0) reply.raw.setTimeout(WRITE_TIMEOUT_MS, () => reply.raw.destroy());
  });
  reply.raw.once('close', () => {
    broken.unfollow(socket, outcome);
    held.release(outcome.heldBytes);
    outcome.isOver = true;
    // The answer itself may hold views of it, which are written now.
    if (outcome.isBodyDone && reply.raw.writableFinished) outcome.releaseBody?.();
    if (reply.raw.writableFinished) return onAnswered(request, reply.statusCode);
    if (outcome.brokenStatus === undefined) outcome.code = 'CANCELLED';
    onAnswered(request, outcome.brokenStatus ?? CLIENT_GONE);
  });
}

async function registerBodyParsers(instance: FastifyInstance, { settings, held }: EdgeParts): Promise<void> {
  const { JSON_LIMIT_BYTES, IMAGE_LIMIT_BYTES } = settings;
  instance.removeAllContentTypeParsers();
  instance.addContentTypeParser('application/json', collectBody(JSON_LIMIT_BYTES, held));
  instance.addContentTypeParser(['image/png', 'image/jpeg', 'image/webp'], collectBody(IMAGE_LIMIT_BYTES, held));
  configureOipBodies(instance, settings.TENSOR_LIMIT_BYTES, held);
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

/** The caller's id where it is a plain word, else a fresh one. */
function requestId(request: IncomingMessage): string {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && /^[\w.-]{1,64}$/.test(given) ? given : randomUUID();
}
