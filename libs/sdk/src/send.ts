import { openCallScope } from './call-scope.ts';
import type { CallScope } from './call-scope.ts';
import type { Clock } from './clock.ts';
import type { CallOptions, HeaderValues, PredictorOptions } from './options.ts';
import { ConnectionError, invalidInput, PredictorError } from './predictor-error.ts';
import { readBody } from './read-body.ts';
import { toResponseError } from './response-error.ts';
import type { RetryBudget } from './retry-budget.ts';
import { parseRetryAfter, retryDelayMs } from './retry-delay.ts';
import { urlOf } from './urls.ts';

/** A POST where it has a body. */
export interface HttpRequest {
  /** Below the base; with a query, if it has one. */
  readonly path: string;
  readonly headers?: HeaderValues;
  readonly body?: NonNullable<RequestInit['body']>;
}

export interface HttpReply {
  readonly response: Response;
  readonly body: Uint8Array;
}

/** Gives the request; reads what may change before it first waits. */
export type Prepare = () => Promise<HttpRequest>;

/** What all calls of one predictor share. */
export interface Connection extends Required<Omit<PredictorOptions, 'baseUrl'>> {
  readonly base: URL;
  readonly clock: Clock;
  readonly budget: RetryBudget;
}

interface Failure {
  readonly error: PredictorError;
  readonly mayRetry: boolean;
}

const MAX_ERROR_BYTES = 1 << 20;

/**
 * Sends a request under one deadline and repeats it where that is safe: predictions are idempotent by contract, so after a
 * connection that failed before an answer, a 503, and a 429 that says when. Never after an abort.
 */
export async function send(prepare: Prepare, connection: Connection, options: CallOptions): Promise<HttpReply> {
  const { clock, budget, maxResponseBytes } = connection;
  const { timeoutMs = connection.timeoutMs, retries = connection.retries } = options;
  // NaN, too: no comparison with it would ever end the call.
  const limits = { timeoutMs, retries, maxResponseBytes };
  if (!Object.values(limits).every((limit) => limit >= 0)) {
    throw invalidInput(
      `Expected numbers from 0, got ${Object.entries(limits)
        .map((limit) => limit.join(' '))
        .join(', ')}.`,
    );
  }
  const scope = openCallScope(timeoutMs, options.signal, clock);
  budget.earn();
  try {
    const request = await scope.race(prepare()).catch(asInvalidInput);
    for (let attempt = 0; ; attempt += 1) {
      const outcome = await attemptOnce(request, connection, options, scope);
      if (!('error' in outcome)) return outcome;
      const { error, mayRetry } = outcome;
      const delayMs = retryDelayMs(attempt, error.retryAfterMs, clock.random);
      if (!mayRetry || attempt >= retries || clock.nowMs() + delayMs >= scope.deadlineMs || !budget.take()) throw error;
      await scope.sleep(delayMs);
    }
  } finally {
    scope.close();
  }
}

/** What else is thrown while a request is made is due to what is to be sent: a cycle, a file that is gone, a failing `toJSON`. */
function asInvalidInput(cause: unknown): never {
  throw cause instanceof PredictorError ? cause : invalidInput('The input cannot be read, see the cause.', { cause });
}

async function attemptOnce(
  request: HttpRequest,
  connection: Connection,
  options: CallOptions,
  scope: CallScope,
): Promise<HttpReply | Failure> {
  const headers = await scope.race(collectHeaders(request, connection, options));
  const { body = null } = request;
  const method = body ? 'POST' : 'GET';
  const url = urlOf(connection.base, request.path);
  let response: Response | undefined;
  try {
    const init: RequestInit = { method, headers, body, signal: scope.signal, redirect: 'manual' };
    response = await scope.race(connection.fetch(url, init));
    if (response.ok) return { response, body: await scope.race(readBody(response, connection.maxResponseBytes)) };
  } catch (cause) {
    if (scope.signal.aborted) throw scope.signal.reason;
    if (cause instanceof PredictorError) throw cause;
    return { error: lost(url, cause), mayRetry: !response };
  }
  return readFailure(response, connection, scope);
}

async function readFailure(response: Response, connection: Connection, scope: CallScope): Promise<Failure> {
  const { status, headers } = response;
  const retryAfterMs = parseRetryAfter(headers, connection.clock.wallMs());
  const body = await scope.race(readBody(response, MAX_ERROR_BYTES).catch(() => Uint8Array.of()));
  const error = toResponseError({ response, body }, retryAfterMs);
  return { error, mayRetry: status === 503 || (status === 429 && error.retryAfterMs !== undefined) };
}

async function collectHeaders(request: HttpRequest, connection: Connection, options: CallOptions): Promise<Headers> {
  const shared = typeof connection.headers === 'function' ? await connection.headers() : connection.headers;
  const own: HeaderValues = {
    accept: 'application/json',
    ...request.headers,
    ...(options.requestId !== undefined && { 'x-request-id': options.requestId }),
  };
  const headers = new Headers();
  for (const [name, value] of [shared, options.headers ?? {}, own].flatMap(Object.entries<string>)) {
    try {
      headers.set(name, value);
    } catch {
      // The platform's own message would repeat the value, which may be a token.
      throw invalidInput(`HTTP does not allow the name or value of header ${JSON.stringify(name)}.`);
    }
  }
  return headers;
}

function lost(url: URL, cause: unknown): ConnectionError {
  const { code } = ((cause as Error | undefined)?.cause ?? {}) as { readonly code?: unknown };
  const reason = typeof code === 'string' ? ` (${code})` : '';
  return new ConnectionError('CONNECTION_FAILED', `The connection to ${url.origin}${url.pathname} failed${reason}.`, {
    cause,
  });
}
