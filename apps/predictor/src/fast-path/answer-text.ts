import { STATUS_CODES } from 'node:http';
import { sizeOf, type Answer } from '../rest/write-answer.ts';

export interface AnswerText {
  /** Head, and body where that is text. */
  readonly text: string;
  readonly encoding: 'latin1' | 'utf8';
  /** What comes behind the text, one piece behind the other. */
  readonly bytes: readonly Uint8Array[];
}

const NO_BYTES: readonly Uint8Array[] = [];

export interface ConnectionFacts {
  readonly requestId: string;
  /** Headers of every answer, each a line with its CRLF. */
  readonly fixedLines: string;
  readonly keepAliveSeconds: number;
  readonly isLast: boolean;
}

/** An answer as Node's HTTP server would write it. */
export function answerText(
  { status, type, body, headers }: Answer,
  { requestId, fixedLines, keepAliveSeconds, isLast }: ConnectionFacts,
): AnswerText {
  const sizeBytes = sizeOf(body);
  const connection = isLast ? 'Connection: close' : `Connection: keep-alive\r\nKeep-Alive: timeout=${keepAliveSeconds}`;
  const head =
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${fixedLines}x-request-id: ${requestId}\r\n` +
    `x-content-type-options: nosniff\r\n${linesOf(headers)}content-type: ${type}\r\ncontent-length: ${sizeBytes}\r\n` +
    `Date: ${utcDate()}\r\n${connection}\r\n\r\n`;
  if (typeof body !== 'string') return { text: head, encoding: 'latin1', bytes: body };
  // Text of ASCII need not be encoded.
  return { text: head + body, encoding: sizeBytes === body.length ? 'latin1' : 'utf8', bytes: NO_BYTES };
}

/** Of name, value, name, value, … */
function linesOf(headers: readonly string[]): string {
  let lines = '';
  for (let index = 0; index < headers.length; index += 2) lines += `${headers[index]}: ${headers[index + 1]}\r\n`;
  return lines;
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
