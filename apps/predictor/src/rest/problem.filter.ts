import { Catch, HttpException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { codeOfHttpStatus, ERROR_CATALOG, isErrorCode, type ErrorCode, type Problem } from '@web-single/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { drainBody, isLargeBodyOpen } from './drain-body.ts';
import { isOip } from './oip-edge.ts';
import { refusalAnswer, retryAfterSeconds, type Refusal } from './refusal-answer.ts';
import type { AnsweredRequest } from './request-outcome.ts';
import type { RouteTable } from './route-table.ts';

/** What Fastify refuses by itself; Nest hands it over as an HttpException with nothing but its status. */
const EDGE_MESSAGES: Partial<Record<ErrorCode, string>> = {
  INVALID_REQUEST: 'The request is not well formed: its URL, its headers or the length of its body.',
  PAYLOAD_TOO_LARGE: 'The body is larger than this server accepts.',
  UNSUPPORTED_MEDIA_TYPE:
    'Send application/json, multipart/form-data, or (for one image) image/png, image/jpeg or image/webp.',
};

/** The multipart parser's limits, by their codes. */
const PART_LIMITS = new Set(['FST_REQ_FILE_TOO_LARGE', 'FST_PARTS_LIMIT', 'FST_FILES_LIMIT', 'FST_FIELDS_LIMIT']);

/** What else the multipart parser refuses, by its codes, in our words. */
const PART_FAULTS: Readonly<Record<string, string>> = {
  FST_PROTO_VIOLATION: 'A part of the body has a name that no field can have.',
  FST_INVALID_JSON_FIELD_ERROR: 'A part of the body says that it is application/json, but is not.',
};

/** The connection ended while the request was still being read: nobody will see the answer. */
const ABORTED = new Set(['ECONNRESET', 'FST_MP_PREMATURE_CLOSE']);

/** A refusal of this layer: a path that exists says which methods it answers. */
interface HttpRefusal extends Refusal {
  readonly allow?: readonly string[];
}

interface RefusedRequest {
  readonly method: string;
  readonly url?: string;
}

/** Answers a request with an error. */
export type AnswerProblem = (error: unknown, request: FastifyRequest, reply: FastifyReply) => void;

/** The one place where an error becomes an answer: `application/problem+json`, nothing internal in it. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  readonly #routes: RouteTable;
  readonly #logUnforeseen: (error: unknown, requestId: string) => void;

  constructor(routes: RouteTable, logUnforeseen: (error: unknown, requestId: string) => void) {
    this.#routes = routes;
    this.#logUnforeseen = logUnforeseen;
  }

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    this.answer(error, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
  }

  readonly answer: AnswerProblem = (error, request, reply) => {
    if (reply.sent) return;
    const refusal = this.refusalOf(error, request);
    const { code, retryAfterMs, allow } = refusal;
    // Of one too large Fastify would close the connection even where all of it has come.
    if (code === 'PAYLOAD_TOO_LARGE' || isLargeBodyOpen(request.raw)) drainBody(request, reply);
    if (retryAfterMs !== undefined) void reply.header('retry-after', retryAfterSeconds(retryAfterMs));
    if (allow !== undefined) void reply.header('allow', allow.join(', '));
    const { status, type, body } = refusalAnswer(refusal, request.id, isOip(request));
    if (code === 'UNSUPPORTED_MEDIA_TYPE' && isOip(request)) void reply.header('accept-encoding', 'gzip, deflate');
    // Bytes, since Fastify adds a charset to the type of text; KServe's client reads errors of exactly application/json.
    void reply.code(status).type(type).send(Buffer.from(body));
  };

  /** What the caller is told; noted as the request's outcome. */
  readonly refusalOf = (error: unknown, request: AnsweredRequest & RefusedRequest): HttpRefusal => {
    const refusal = this.#refusalOf(error, request);
    if (refusal.code === 'INTERNAL') this.#logUnforeseen(error, request.id);
    request.outcome.code = refusal.code;
    return refusal;
  };

  #refusalOf(error: unknown, request: RefusedRequest): HttpRefusal {
    if (isCatalogued(error)) return { code: error.code, message: error.message, ...optionalsOf(error) };
    if (PART_LIMITS.has(codeOf(error)))
      return { code: 'PAYLOAD_TOO_LARGE', message: 'The body has a part too large, or too many.' };
    if (codeOf(error).startsWith('Z_'))
      return { code: 'INVALID_REQUEST', message: 'The body is not what its Content-Encoding says.' };
    const partFault = PART_FAULTS[codeOf(error)];
    if (partFault !== undefined) return { code: 'INVALID_REQUEST', message: partFault };
    if (ABORTED.has(codeOf(error))) return { code: 'CANCELLED', message: ERROR_CATALOG.CANCELLED.title };
    const status = edgeStatus(error);
    if (status !== undefined) return this.#edgeRefusal(status, request);
    return { code: 'INTERNAL', message: 'The server failed; its log has the reason under this request id.' };
  }

  #edgeRefusal(status: number, request: RefusedRequest): HttpRefusal {
    // Fastify wants a content type of QUERY before it looks for a route; no route of ours is one.
    if (status === 404 || request.method === 'QUERY') return this.#noRoute(request);
    const code = codeOfHttpStatus(status);
    return { code, message: EDGE_MESSAGES[code] ?? ERROR_CATALOG[code].title };
  }

  #noRoute(request: RefusedRequest): HttpRefusal {
    const allow = this.#routes.allowedMethods(request.url ?? '');
    if (allow.length === 0) return { code: 'NOT_FOUND', message: 'There is no such path. See /docs.' };
    return { code: 'METHOD_NOT_ALLOWED', message: `This path answers ${allow.join(', ')}.`, allow };
  }
}

/** Of what Fastify refuses by itself, as it throws it or as Nest hands it over. */
function edgeStatus(error: unknown): number | undefined {
  if (error instanceof HttpException) return error.getStatus();
  const isFastifys = error instanceof Error && error.name === 'FastifyError' && 'statusCode' in error;
  return isFastifys && typeof error.statusCode === 'number' ? error.statusCode : undefined;
}

interface CataloguedError extends Error {
  readonly code: ErrorCode;
}

function isCatalogued(error: unknown): error is CataloguedError {
  return error instanceof Error && isErrorCode(codeOf(error)) && error.name !== 'FastifyError';
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

function optionalsOf(error: CataloguedError & { details?: unknown; retryAfterMs?: unknown }): Partial<Refusal> {
  return {
    ...(Array.isArray(error.details) && error.details.length > 0
      ? { details: error.details as NonNullable<Problem['details']> }
      : {}),
    ...(typeof error.retryAfterMs === 'number' ? { retryAfterMs: error.retryAfterMs } : {}),
  };
}
