import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { ERROR_CATALOG, PROBLEM_CONTENT_TYPE, toOipError, toProblem, type ErrorCode } from '@web-single/contract';
import type { RequestOutcome } from './request-outcome.ts';

/** A reply that the framework knows nothing of. */
export interface BareRefusal {
  readonly requestId: string;
  readonly status: number;
  readonly code: ErrorCode;
}

const CODES: Readonly<Record<string, ErrorCode>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 'REQUEST_TIMEOUT',
  HPE_HEADER_OVERFLOW: 'PAYLOAD_TOO_LARGE',
};
const REASONS: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  405: 'Method Not Allowed',
  408: 'Request Timeout',
  413: 'Payload Too Large',
};
/** How long the peer may keep its half of a refused connection. */
const LINGER_MS = 1000;

/** Answers what never reaches the router: broken framing, headers too long or too slow, CONNECT, URLs that do not decode. */
export class BrokenRequests {
  readonly #report: (refusal: BareRefusal) => void;
  /** The request that a connection is busy with: it is reported once, with its own reply. */
  readonly #current = new WeakMap<Duplex, RequestOutcome>();

  constructor(report: (refusal: BareRefusal) => void) {
    this.#report = report;
  }

  follow(socket: Duplex, outcome: RequestOutcome): void {
    this.#current.set(socket, outcome);
  }

  /** Forgets a request whose reply is done; a later one of the same connection stays. */
  unfollow(socket: Duplex, outcome: RequestOutcome): void {
    if (this.#current.get(socket) === outcome) this.#current.delete(socket);
  }

  /** For the server's `clientError`: writes the problem on the bare socket and closes it. */
  refuse(error: Error & { code?: string }, socket: Duplex): void {
    if (error.code === 'ECONNRESET' || !socket.writable) {
      socket.destroy();
      return;
    }
    const refusal = endWithProblem(socket, CODES[error.code ?? ''] ?? 'INVALID_REQUEST');
    const outcome = this.#current.get(socket);
    if (outcome === undefined) this.#report(refusal);
    // Who ended in the middle of a request has gone, as far as anybody can tell: that is how it is reported.
    else if (error.code !== 'HPE_INVALID_EOF_STATE') {
      outcome.code = refusal.code;
      outcome.brokenStatus = refusal.status;
    }
  }

  /** For the server's `connect`: no path is a tunnel. */
  refuseConnect(socket: Duplex): void {
    this.#report(endWithProblem(socket, 'METHOD_NOT_ALLOWED', 'Allow: GET, POST\r\n'));
  }

  /** For what the router throws before any hook: a URL that does not decode, or a name in it longer than any. */
  refuseUrl(
    error: { readonly code: string },
    request: { id: string; raw: IncomingMessage },
    reply: ServerResponse,
  ): void {
    const isTooLong = error.code === 'FST_ERR_MAX_PARAM_LENGTH';
    const code = isTooLong ? 'NOT_FOUND' : 'INVALID_REQUEST';
    const detail = isTooLong ? 'There is no such path: a name in it is too long.' : 'The URL is not valid.';
    const { httpStatus: status } = ERROR_CATALOG[code];
    const { type, body } = shapedFor(request.raw.url, code, { requestId: request.id, detail });
    reply.writeHead(status, {
      'content-type': type,
      'content-length': Buffer.byteLength(body),
      'x-request-id': request.id,
      'x-content-type-options': 'nosniff',
    });
    reply.end(request.raw.method === 'HEAD' ? undefined : body);
    this.#report({ requestId: request.id, status, code });
  }
}

interface Told {
  readonly requestId: string;
  readonly detail: string;
}

/** Below `/v2` the error object of the Open Inference Protocol, which its clients read. */
function shapedFor(
  url: string | undefined,
  code: ErrorCode,
  { requestId, detail }: Told,
): { type: string; body: string } {
  if (/^\/v2(\/|$)/.test(url ?? ''))
    return { type: 'application/json', body: JSON.stringify(toOipError(code, { message: detail, requestId })) };
  return { type: PROBLEM_CONTENT_TYPE, body: JSON.stringify(toProblem(code, { requestId, detail })) };
}

/** Writes a problem past the HTTP server, then closes the connection. Its path is not known: `error` is for clients of `/v2`. */
function endWithProblem(socket: Duplex, code: ErrorCode, headers = ''): BareRefusal {
  const requestId = randomUUID();
  const { httpStatus: status } = ERROR_CATALOG[code];
  const problem = toProblem(code, { requestId });
  const body = JSON.stringify({ ...problem, error: problem.detail ?? problem.title });
  socket.end(
    `HTTP/1.1 ${status} ${REASONS[status]}\r\nContent-Type: ${PROBLEM_CONTENT_TYPE}\r\nX-Request-Id: ${requestId}\r\n` +
      `${headers}Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
  setTimeout(() => socket.destroy(), LINGER_MS).unref();
  return { requestId, status, code };
}
