import { parseJson, writeReadJson, type ModelDescription } from '@web-single/contract';
import { sniffImage, type InputField, type OutputField } from '@web-single/signature';
import { encodePictures } from './encode-pictures.ts';
import { CallError, type Answerer } from './answerer.ts';
import { readAnswers, readRefusal } from './read-answers.ts';

export interface ServerOptions {
  readonly baseUrl: string;
  readonly callsAtOnce: number;
  /** Ends every call. */
  readonly signal: AbortSignal;
  /** Of one call; by default a little more than a server takes at most. */
  readonly timeoutMs?: number | undefined;
  /** Of one answer; 128 MiB by default. */
  readonly mostAnswerBytes?: number | undefined;
}

/** A server gives up a request of its own accord after 120 s at the latest, as it is set by default. */
const TIMEOUT_MS = 150_000;
/** Room for the answers to many rows of large tensors; a call that is answered with more is halved. */
const MOST_ANSWER_BYTES = 128 * 2 ** 20;

/** Well below what a server takes by default; it halves a call that is too large all the same. */
const MAX_ROWS = 256;
const MAX_BYTES = 2 ** 20;

/** A model of a running server, asked over its typed route. */
export function answererAt({ name, signature }: ModelDescription, options: ServerOptions): Answerer {
  const url = `${options.baseUrl}/v1/models/${encodeURIComponent(name)}/predict?onError=row`;
  const fields: readonly (InputField | OutputField)[] = [
    ...Object.values(signature.input),
    ...Object.values(signature.output),
  ];
  const exactIntegers = fields.some((field) => 'dtype' in field && field.dtype?.endsWith('int64') === true);
  return {
    name,
    signature,
    limits: { maxRows: MAX_ROWS, maxBytes: MAX_BYTES, callsAtOnce: options.callsAtOnce },
    async predict(rows) {
      const picture = onlyPicture(rows);
      const sent =
        picture === undefined
          ? { type: 'application/json', body: writeReadJson({ rows: encodePictures(rows) }) }
          : { type: `image/${(sniffImage(picture) ?? 'png').toLowerCase()}`, body: picture };
      const { response, bytes } = await post(url, sent, options);
      if (!response.ok) throw readRefusal(response.status, bytes, url);
      return readAnswers(parse(bytes, url, exactIntegers), { count: rows.length, output: signature.output, url });
    },
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

/** The picture of a single row that is nothing else: it goes as it is, a third smaller than in JSON. */
function onlyPicture(rows: readonly unknown[]): Uint8Array | undefined {
  const [row] = rows;
  if (rows.length !== 1 || typeof row !== 'object' || row === null) return undefined;
  const [value, ...others] = Object.values(row);
  return value instanceof Uint8Array && others.length === 0 ? value : undefined;
}

interface Answered {
  readonly response: Response;
  readonly bytes: Uint8Array;
}

async function post(
  url: string,
  { type, body }: { readonly type: string; readonly body: string | Uint8Array },
  { signal, timeoutMs = TIMEOUT_MS, mostAnswerBytes = MOST_ANSWER_BYTES }: ServerOptions,
): Promise<Answered> {
  const timeout = AbortSignal.timeout(timeoutMs);
  try {
    const ended = AbortSignal.any([signal, timeout]);
    const headers = { 'content-type': type };
    const response = await fetch(url, { method: 'POST', headers, body: body as string, signal: ended });
    return { response, bytes: await read(response, mostAnswerBytes, url) };
  } catch (error) {
    if (error instanceof CallError) throw error;
    // Whoever says nothing for so long would say nothing the next time, too.
    if (timeout.aborted)
      throw new CallError('CONNECTION_FAILED', `${url} has not answered within ${timeoutMs} ms.`, { cause: error });
    throw unreachable(url, error);
  }
}

async function read(response: Response, mostBytes: number, url: string): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let sizeBytes = 0;
  for await (const piece of response.body ?? []) {
    sizeBytes += piece.length;
    if (sizeBytes > mostBytes) throw new CallError('PAYLOAD_TOO_LARGE', `${url} answers more than ${mostBytes} bytes.`);
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

const RETRY_AFTER_MS = 200;

function unreachable(url: string, error: unknown): CallError {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
  return new CallError('CONNECTION_FAILED', `${url} does not answer: ${cause}.`, {
    retryAfterMs: RETRY_AFTER_MS,
    cause: error,
  });
}

function parse(bytes: Uint8Array, url: string, exactIntegers: boolean): unknown {
  try {
    return parseJson(bytes, { exactIntegers, maxValues: Infinity });
  } catch (error) {
    throw new CallError('CONNECTION_FAILED', `${url} does not answer as a web-single predictor.`, { cause: error });
  }
}
