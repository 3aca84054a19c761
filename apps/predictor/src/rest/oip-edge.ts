import { PassThrough, pipeline, type Readable } from 'node:stream';
import { createGunzip, createInflate } from 'node:zlib';
import { ContractError } from '@web-single/contract';
import type { BodyMemory } from '../bodies/body-memory.ts';
import type { HeldBytes } from '../bodies/held-bytes.ts';
import { collectBody } from './collect-body.ts';
import type { FastifyInstance, FastifyRequest, RequestPayload } from 'fastify';

interface RoutedRequest {
  /** `url`: the template of the matched route, where there is one. */
  readonly routeOptions: { readonly url?: string | undefined };
  readonly url?: string;
}

/** True below `/v2`, where the Open Inference Protocol has its own rules for bodies and errors. */
export function isOip({ routeOptions, url }: RoutedRequest): boolean {
  const path = routeOptions.url ?? url?.split('?', 1)[0] ?? '';
  return path === '/v2' || path.startsWith('/v2/');
}

/** A stock client sends no type at all, and curl's `-d` that of a form. */
const OIP_TYPES = ['', 'application/json', 'application/octet-stream', 'application/x-www-form-urlencoded'];
const OIP_ENCODINGS = ['', 'identity', 'gzip', 'deflate'];
const TYPED_TYPES = ['application/json', 'image/png', 'image/jpeg', 'image/webp', 'multipart/form-data'];

/** What the headers of a body get wrong, told before the body is read. */
export function bodyRefusal(request: FastifyRequest): ContractError | undefined {
  if (isPlainJson(request)) return undefined;
  const encoding = (request.headers['content-encoding'] ?? '').trim().toLowerCase();
  if (isOip(request) ? !OIP_ENCODINGS.includes(encoding) : encoding !== '' && encoding !== 'identity') {
    const wanted = isOip(request) ? 'with gzip, deflate or no Content-Encoding' : 'without Content-Encoding';
    return new ContractError('UNSUPPORTED_MEDIA_TYPE', `Send the body ${wanted}.`);
  }
  if (!hasBody(request)) return undefined;
  const type = (request.headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
  if ((isOip(request) ? OIP_TYPES : TYPED_TYPES).includes(type)) return undefined;
  const wanted = isOip(request)
    ? 'application/json, or application/octet-stream with Inference-Header-Content-Length'
    : 'application/json, multipart/form-data, or (for one image) image/png, image/jpeg or image/webp';
  return new ContractError('UNSUPPORTED_MEDIA_TYPE', `Send ${wanted}.`);
}

/** What nearly every request is, and every route with a body takes. */
function isPlainJson({ headers }: FastifyRequest): boolean {
  return headers['content-type'] === 'application/json' && headers['content-encoding'] === undefined;
}

function hasBody({ headers }: FastifyRequest): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

/** Bodies of `/v2`: bytes of any accepted type, inflated on the way; the limit counts inflated bytes. */
export function configureOipBodies(
  fastify: FastifyInstance,
  limitBytes: number,
  held: HeldBytes,
  memory: BodyMemory,
): void {
  fastify.addContentTypeParser('*', collectBody(limitBytes, held, { memory }));
  fastify.addHook('preParsing', (request, _reply, payload, done) => {
    const encoding = request.headers['content-encoding']?.trim().toLowerCase();
    if (encoding !== 'gzip' && encoding !== 'deflate') return done(null, payload);
    return done(null, inflated(payload, encoding));
  });
}

/** Fastify compares `receivedEncodedLength` with Content-Length. */
function inflated(payload: RequestPayload, encoding: 'gzip' | 'deflate'): RequestPayload {
  const body: PassThrough & { receivedEncodedLength?: number } = new PassThrough();
  body.receivedEncodedLength = 0;
  payload.on(
    'data',
    (chunk: Uint8Array) => (body.receivedEncodedLength = (body.receivedEncodedLength ?? 0) + chunk.length),
  );
  const inflater = encoding === 'gzip' ? createGunzip() : createInflate();
  // A fault destroys `body` with it, and whoever reads that is told. Not the request: its answer still has to reach the client.
  pipeline(inflater, body, () => undefined);
  (payload as Readable).once('error', (error) => inflater.destroy(error)).pipe(inflater);
  return body;
}
