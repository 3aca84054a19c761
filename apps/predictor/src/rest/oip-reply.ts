import { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { deflate, gzip } from 'node:zlib';
import { encodeInferResponse, type InferRequest, type InferResponse } from '@web-single/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** Below it a second buffer costs less than a stream. */
const STREAM_BYTES = 256 * 1024;
/** Smaller answers gain nothing by compression. */
const COMPRESS_BYTES = 1024;
/** Level 1: tensors hardly shrink further, and the wait would be longer than the wire saves. */
const compressors = { gzip: promisify(gzip), deflate: promisify(deflate) };

/** The body to send, its headers set: JSON, or JSON and bytes behind it; compressed where the caller takes it. */
export async function inferReply(
  response: InferResponse,
  wanted: InferRequest,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<Buffer | Readable> {
  const { contentType, headerLength, chunks, sizeBytes } = encodeInferResponse(response, wanted);
  void reply.type(contentType);
  if (headerLength !== undefined) void reply.header('inference-header-content-length', String(headerLength));
  const encoding = sizeBytes < COMPRESS_BYTES ? undefined : acceptedEncoding(request.headers['accept-encoding']);
  if (encoding !== undefined) {
    void reply.header('content-encoding', encoding).header('vary', 'accept-encoding');
    return compressors[encoding](Buffer.concat(chunks), { level: 1 });
  }
  if (sizeBytes < STREAM_BYTES) return chunks.length === 1 ? asBuffer(chunks[0]!) : Buffer.concat(chunks);
  void reply.header('content-length', String(sizeBytes));
  return Readable.from(chunks.map(asBuffer), { objectMode: false });
}

function asBuffer({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}

/** The first of gzip and deflate that the caller takes; `q=0` refuses. */
function acceptedEncoding(header: string | string[] | undefined): 'gzip' | 'deflate' | undefined {
  const accepted = [header ?? ''].flat().join(',').toLowerCase().split(',');
  const isAccepted = (encoding: string): boolean =>
    accepted.some((part) => new RegExp(`^\\s*${encoding}\\s*(;(?!\\s*q=0(\\.0*)?\\s*$).*)?$`).test(part));
  if (isAccepted('gzip')) return 'gzip';
  return isAccepted('deflate') ? 'deflate' : undefined;
}
