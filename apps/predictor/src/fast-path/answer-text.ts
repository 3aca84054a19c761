import { STATUS_CODES } from 'node:http';

export interface PlainAnswer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
  readonly retryAfterSeconds?: string;
}

export interface AnswerText {
  /** Head and body. */
  readonly text: string;
  readonly encoding: 'latin1' | 'utf8';
}

export interface ConnectionFacts {
  readonly requestId: string;
  /** Headers of every answer, each a line with its CRLF. */
  readonly fixedLines: string;
  readonly keepAliveSeconds: number;
  readonly isLast: boolean;
}

/** An answer as Node's HTTP server would write it, in one piece. */
export function answerText(
  { status, type, body, retryAfterSeconds }: PlainAnswer,
  { requestId, fixedLines, keepAliveSeconds, isLast }: ConnectionFacts,
): AnswerText {
  const sizeBytes = Buffer.byteLength(body);
  const retry = retryAfterSeconds === undefined ? '' : `retry-after: ${retryAfterSeconds}\r\n`;
  const connection = isLast ? 'Connection: close' : `Connection: keep-alive\r\nKeep-Alive: timeout=${keepAliveSeconds}`;
  const text =
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${fixedLines}x-request-id: ${requestId}\r\n` +
    `x-content-type-options: nosniff\r\n${retry}content-type: ${type}\r\ncontent-length: ${sizeBytes}\r\n` +
    `Date: ${utcDate()}\r\n${connection}\r\n\r\n${body}`;
  // Text of ASCII need not be encoded.
  return { text, encoding: sizeBytes === body.length ? 'latin1' : 'utf8' };
}

let date = '';
let dateEndsAtMs = 0;

/** Made once a second. */
function utcDate(): string {
  const nowMs = performance.now();
  if (nowMs >= dateEndsAtMs) {
    const now = new Date();
    date = now.toUTCString();
    dateEndsAtMs = nowMs + 1000 - now.getMilliseconds();
  }
  return date;
}
