import type { IncomingHttpHeaders } from 'node:http';
import { restContract } from '@web-single/contract';

/** The head of a prediction in the form that nearly all callers send. */
export interface PlainHead {
  /** As received, up to the body's first byte. */
  readonly bytes: Buffer;
  /** Of the matched route, as its contract has it. */
  readonly template: string;
  readonly params: { readonly model?: string; readonly version?: string };
  /** Those that change what is answered; a type of body is one of them. */
  readonly headers: IncomingHttpHeaders;
  readonly contentLengthBytes: number;
}

/** Longer ones are read by Node's parser. */
const MOST_HEAD_BYTES = 4096;
const MOST_LENGTH_DIGITS = 9;

/** RFC 3986's unreserved characters: all others may be written in two ways. Typed, and of the Open Inference Protocol. */
const REQUEST_LINE =
  /^POST (?:\/predict|\/(?:v1|(v2))\/models\/([\w.~-]{1,256})(?:\/versions\/([\w.~-]{1,256}))?\/(?:predict|(infer))) HTTP\/1\.1\r\n/;

/** RFC 9112 section 5, without folding, and in ASCII only: name, value with the blanks around it. Takes time in proportion to its length. */
const HEADER_LINE = /([!#$%&'*+.^_`|~\w-]+):([\x20-\x7e\t]*)\r\n/y;

const JSON_TYPES = ['application/json', 'application/json; charset=utf-8', 'application/json;charset=utf-8'];
const TYPED_TYPES: ReadonlySet<string> = new Set([...JSON_TYPES, 'image/png', 'image/jpeg', 'image/webp']);
/** A stock client sends none. */
const INFER_TYPES: ReadonlySet<string> = new Set([...JSON_TYPES, 'application/octet-stream', '']);

/** Understood here; twice, they are for the other parser to judge. */
const UNDERSTOOD: ReadonlySet<string> = new Set([
  'host',
  'content-type',
  'content-length',
  'connection',
  'x-request-timeout-ms',
  'x-request-id',
  'origin',
  'inference-header-content-length',
  'accept-encoding',
]);
/** Of those what changes an answer, beside the type of the body. */
const CHANGING = [
  'x-request-timeout-ms',
  'x-request-id',
  'origin',
  'inference-header-content-length',
  'accept-encoding',
];

/** They change how the body is framed or read, or what follows it. */
const NOT_PLAIN: ReadonlySet<string> = new Set([
  'transfer-encoding',
  'content-encoding',
  'expect',
  'upgrade',
  'trailer',
  // Node's parser takes it for `Connection`.
  'proxy-connection',
]);

/**
 * The head at the start of `chunk`, where it is a plain prediction: HTTP/1.1, a route of the contract without query, a length and a type of
 * body, nothing that two parsers could read in two ways. Undefined where it is anything else, or not all there: then Node's parser decides.
 * `last` is that of the request before, which most callers repeat to the byte.
 */
export function readPlainHead(chunk: Buffer, last?: PlainHead): PlainHead | undefined {
  if (last !== undefined && startsWith(chunk, last.bytes)) return last;
  const end = chunk.indexOf('\r\n\r\n', 0, 'latin1');
  if (end < 0 || end > MOST_HEAD_BYTES) return undefined;
  const text = chunk.toString('latin1', 0, end + 2);
  const line = REQUEST_LINE.exec(text);
  if (line === null) return undefined;
  const [, v2, model, version, infer] = line;
  if ((v2 === undefined) !== (infer === undefined)) return undefined;
  const found = readHeaders(text, line[0].length);
  const headers = found && plainHeaders(found, v2 === undefined ? TYPED_TYPES : INFER_TYPES);
  if (found === undefined || headers === undefined) return undefined;
  return {
    // A copy: the chunk is as large as what the system gave at once, and the head stays for the next request.
    bytes: Buffer.from(chunk.subarray(0, end + 4)),
    template: v2 === undefined ? templateOf(model, version) : inferTemplateOf(version),
    params: { ...(model === undefined ? {} : { model }), ...(version === undefined ? {} : { version }) },
    headers,
    contentLengthBytes: Number(found.get('content-length')),
  };
}

function startsWith(chunk: Buffer, head: Buffer): boolean {
  return chunk.length >= head.length && chunk.compare(head, 0, head.length, 0, head.length) === 0;
}

/** Those understood, by lower-case name; undefined where any of them is there twice, is not plain, or is no header. */
function readHeaders(text: string, start: number): ReadonlyMap<string, string> | undefined {
  const found = new Map<string, string>();
  HEADER_LINE.lastIndex = start;
  while (HEADER_LINE.lastIndex < text.length) {
    const line = HEADER_LINE.exec(text);
    if (line === null) return undefined;
    const name = line[1]!.toLowerCase();
    if (NOT_PLAIN.has(name) || found.has(name)) return undefined;
    if (UNDERSTOOD.has(name)) found.set(name, line[2]!.trim());
  }
  return found;
}

function plainHeaders(found: ReadonlyMap<string, string>, types: ReadonlySet<string>): IncomingHttpHeaders | undefined {
  const type = found.get('content-type') ?? '';
  const length = found.get('content-length') ?? '';
  const connection = found.get('connection') ?? 'keep-alive';
  if (
    found.get('content-type') === '' ||
    !types.has(type.toLowerCase()) ||
    !found.has('host') ||
    connection.toLowerCase() !== 'keep-alive'
  )
    return undefined;
  if (length.length > MOST_LENGTH_DIGITS || !/^[1-9]\d*$/.test(length)) return undefined;
  const kept = ['content-type', ...CHANGING].filter((name) => found.has(name));
  return Object.fromEntries(kept.map((name) => [name, found.get(name)]));
}

function inferTemplateOf(version: string | undefined): string {
  return version === undefined ? restContract.oipInfer.path : restContract.oipInferVersion.path;
}

function templateOf(model: string | undefined, version: string | undefined): string {
  if (model === undefined) return restContract.predictDefault.path;
  return version === undefined ? restContract.predict.path : restContract.predictVersion.path;
}
