import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { networkError } from './network-error.ts';
import { steadyBody } from './steady-body.ts';

/** The answer to one GET, whatever its status; the caller reads its body or discards it. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** Who answered, for messages. */
  readonly host: string;
  /** Fails with `SourceError`, also where it comes too slowly. */
  readonly body: AsyncIterable<Uint8Array>;
  /** Ends the answer early. */
  discard(): void;
}

export interface AnswerParts {
  readonly host: string;
  readonly signal: AbortSignal;
  readonly nowMs: () => number;
}

/** Makes an answer of what Node received. */
export function httpAnswer(response: IncomingMessage, parts: AnswerParts): HttpAnswer {
  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    host: parts.host,
    body: bodyOf(response, parts),
    discard: () => void response.destroy(),
  };
}

async function* bodyOf(response: IncomingMessage, { host, signal, nowMs }: AnswerParts): AsyncIterable<Uint8Array> {
  try {
    yield* steadyBody(response, host, nowMs);
  } catch (error) {
    signal.throwIfAborted();
    throw networkError(error, host);
  }
}
