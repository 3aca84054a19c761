import { promisify } from 'node:util';
import { deflate, gzip } from 'node:zlib';
import {
  ContractError,
  decodeInferJson,
  encodeInferResponse,
  splitInferBody,
  type InferRequest,
  type InferResponse,
} from '@web-single/contract';
import type { Settings } from '../config/settings.ts';
import type { InferenceCalls } from '../oip/inference-calls.ts';
import { deadlineLimitsOf, deadlineOf } from './deadline.ts';
import { Disconnection } from './disconnection.ts';
import { parseInTurns } from './parse-in-turns.ts';
import type { PredictionAnswer, PredictionRequest } from './prediction-answer.ts';

export interface InferParts {
  readonly calls: InferenceCalls;
  readonly settings: Settings;
}

/** Deepest nesting and most values of a JSON body; more values than the largest body can hold are none. */
const JSON_LIMITS = { maxDepth: 100, maxValues: 8_000_000, exactIntegers: true };
const NO_BYTES = new Uint8Array();
/** Smaller answers gain nothing by compression. */
const COMPRESS_BYTES = 1024;
/** Level 1: tensors hardly shrink further, and the wait would be longer than the wire saves. */
const compressors = { gzip: promisify(gzip), deflate: promisify(deflate) };

/**
 * The Open Inference Protocol over REST: decode, call, encode. The answer is JSON, or JSON and bytes behind it, compressed where the caller
 * takes it. Throws `ContractError` and `ServingError`.
 */
export async function answerInfer(
  { calls, settings }: InferParts,
  request: PredictionRequest,
): Promise<PredictionAnswer> {
  const { outcome, headers } = request;
  const { model = '', version } = request.params as { model?: string; version?: string };
  const deadlineMs = deadlineOf(request, deadlineLimitsOf(settings));
  const signal = new Disconnection(outcome);
  const decoded = await decodeInfer(request, settings.JSON_LIMIT_BYTES, model, { deadlineMs, signal });
  const { startedAtMs } = outcome;
  const response = await calls.infer({ model, version, request: decoded, startedAtMs, deadlineMs, signal });
  outcome.isBodyDone = true;
  outcome.model = response.modelName;
  outcome.version = response.modelVersion;
  const overrides = response.parameters?.['overrides'];
  if (typeof overrides === 'string') outcome.overrides = overrides;
  const wanted = 'raw' in decoded ? { inputs: [], parameters: {}, binaryOutputs: true } : decoded;
  return encodeAnswer(response, wanted, headers['accept-encoding']);
}

async function decodeInfer(
  { headers, body }: PredictionRequest,
  jsonLimitBytes: number,
  model: string,
  caller: Parameters<typeof parseInTurns>[2],
): Promise<InferRequest | { raw: Uint8Array }> {
  const length = headers['inference-header-content-length'];
  const bytes = body instanceof Uint8Array ? body : NO_BYTES;
  const split = splitInferBody(bytes, typeof length === 'string' ? length : length?.join(','));
  if ('raw' in split) return split;
  if (split.json.length > jsonLimitBytes) {
    throw new ContractError(
      'PAYLOAD_TOO_LARGE',
      `The JSON is larger than ${jsonLimitBytes} bytes: send tensors as bytes.`,
    );
  }
  return decodeInferJson(await parseInTurns(split.json, JSON_LIMITS, caller), split.binary, model);
}

async function encodeAnswer(
  response: InferResponse,
  wanted: InferRequest,
  acceptEncoding: string | string[] | undefined,
): Promise<PredictionAnswer> {
  const { contentType: type, headerLength, chunks, sizeBytes } = encodeInferResponse(response, wanted);
  const split = headerLength === undefined ? [] : ['inference-header-content-length', String(headerLength)];
  const encoding = sizeBytes < COMPRESS_BYTES ? undefined : acceptedEncoding(acceptEncoding);
  if (encoding === undefined) return { type, headers: split, body: chunks };
  const headers = [...split, 'content-encoding', encoding, 'vary', 'accept-encoding'];
  return { type, headers, body: [await compressors[encoding](Buffer.concat(chunks), { level: 1 })] };
}

/** The first of gzip and deflate that the caller takes; `q=0` refuses. */
function acceptedEncoding(header: string | string[] | undefined): 'gzip' | 'deflate' | undefined {
  const accepted = [header ?? ''].flat().join(',').toLowerCase().split(',');
  const isAccepted = (encoding: string): boolean =>
    accepted.some((part) => new RegExp(`^\\s*${encoding}\\s*(;(?!\\s*q=0(\\.0*)?\\s*$).*)?$`).test(part));
  if (isAccepted('gzip')) return 'gzip';
  return isAccepted('deflate') ? 'deflate' : undefined;
}
