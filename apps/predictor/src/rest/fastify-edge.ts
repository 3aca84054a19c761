import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import cors from '@fastify/cors';
import multipart from '@fastify/multipart';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { PROBLEM_CONTENT_TYPE, toProblem, type ErrorCode } from '@web-single/contract';
import type { FastifyInstance } from 'fastify';
import type { Settings } from '../config/settings.ts';
import { bodyRefusal, configureOipBodies } from './oip-edge.ts';
import type { RouteTable } from './route-table.ts';

const HEADERS_TIMEOUT_MS = 10_000;
const BODY_TIMEOUT_MS = 30_000;
const KEEP_ALIVE_MS = 75_000;
const CHECKING_INTERVAL_MS = 1000;
const MAX_PARTS = 64;
const MAX_TEXT_PART_BYTES = 64 * 1024;

/** The HTTP server with its limits and time-outs set on purpose (they are off or long by default). */
export function createAdapter(settings: Settings): FastifyAdapter {
  return new FastifyAdapter({
    logger: false,
    exposeHeadRoutes: false,
    bodyLimit: settings.JSON_LIMIT_BYTES,
    requestTimeout: BODY_TIMEOUT_MS,
    keepAliveTimeout: KEEP_ALIVE_MS,
    routerOptions: { maxParamLength: 256 },
    // The specification writes the server's metadata both ways.
    rewriteUrl: ({ url = '/' }) => (url === '/v2/' ? '/v2' : url),
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    genReqId: (request: IncomingMessage) => requestId(request),
    clientErrorHandler: answerBrokenRequest,
    http: { headersTimeout: HEADERS_TIMEOUT_MS, connectionsCheckingInterval: CHECKING_INTERVAL_MS },
  });
}

/** Body parsers by exact type, CORS where it is set, and the collection of routes for 405. */
export async function configureEdge(fastify: FastifyInstance, settings: Settings, routes: RouteTable): Promise<void> {
  fastify.server.maxConnections = settings.MAX_CONNECTIONS;
  fastify.decorateRequest('outcome', null as never);
  fastify.addHook('onRoute', ({ url, method }) => {
    if (url !== '*' && url !== '/*') routes.add(url, [method].flat());
  });
  fastify.addHook('onRequest', (request, reply, done) => {
    request.outcome = { startedAtMs: performance.now(), code: 'OK' };
    void reply.header('x-request-id', request.id).header('x-content-type-options', 'nosniff');
    done(bodyRefusal(request));
  });
  fastify.removeAllContentTypeParsers();
  const asBuffer = { parseAs: 'buffer' } as const;
  const keep = (_request: unknown, body: unknown, done: (error: null, body: unknown) => void): void => done(null, body);
  fastify.addContentTypeParser('application/json', { ...asBuffer, bodyLimit: settings.JSON_LIMIT_BYTES }, keep);
  for (const type of ['image/png', 'image/jpeg', 'image/webp']) {
    fastify.addContentTypeParser(type, { ...asBuffer, bodyLimit: settings.IMAGE_LIMIT_BYTES }, keep);
  }
  configureOipBodies(fastify, settings.TENSOR_LIMIT_BYTES);
  await fastify.register(multipart, {
    limits: {
      fileSize: settings.IMAGE_LIMIT_BYTES,
      files: MAX_PARTS,
      parts: MAX_PARTS,
      fields: MAX_PARTS,
      fieldSize: MAX_TEXT_PART_BYTES,
      fieldNameSize: 200,
    },
    throwFileSizeLimit: true,
  });
  await registerCors(fastify, settings);
}

async function registerCors(fastify: FastifyInstance, settings: Settings): Promise<void> {
  const origins = settings.CORS_ORIGINS.split(',')
    .map((origin) => origin.trim())
    .filter((origin) => origin !== '');
  if (origins.length === 0) return;
  await fastify.register(cors, {
    origin: origins.includes('*') ? '*' : origins,
    methods: ['GET', 'POST'],
    exposedHeaders: ['x-request-id', 'retry-after', 'server-timing'],
    maxAge: 600,
  });
}

/** The caller's id where it is a plain word, else a fresh one. */
function requestId(request: IncomingMessage): string {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && /^[\w.-]{1,64}$/.test(given) ? given : randomUUID();
}

const BROKEN: Readonly<Record<string, readonly [status: string, code: ErrorCode]>> = {
  ERR_HTTP_REQUEST_TIMEOUT: ['408 Request Timeout', 'REQUEST_TIMEOUT'],
  HPE_HEADER_OVERFLOW: ['431 Request Header Fields Too Large', 'PAYLOAD_TOO_LARGE'],
};

/** Answers what never became a request: broken framing, headers too long or too slow. The connection is closed. */
function answerBrokenRequest(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const [status, code] = BROKEN[error.code ?? ''] ?? ['400 Bad Request', 'INVALID_REQUEST'];
  const body = JSON.stringify(toProblem(code, { requestId: randomUUID() }));
  socket.end(
    `HTTP/1.1 ${status}\r\nContent-Type: ${PROBLEM_CONTENT_TYPE}\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
}
