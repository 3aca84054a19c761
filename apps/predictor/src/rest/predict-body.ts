import type { IncomingHttpHeaders } from 'node:http';
import { ContractError, decodePredictBody, needsExactIntegers, parseJson } from '@web-single/contract';
import type { InputField, Signature } from '@web-single/signature';
import type { FastifyRequest } from 'fastify';
import type { LargeBody } from './body-turns.ts';
import { parseInTurns } from './parse-in-turns.ts';

/** A body as it was collected, or (of multipart) its parts. */
export interface PredictBody {
  readonly headers: IncomingHttpHeaders;
  readonly body?: unknown;
  readonly parts?: FastifyRequest['parts'];
}

export interface BodyLimits extends Pick<LargeBody, 'deadlineMs' | 'signal'> {
  readonly maxRows: number;
}

/** Turns a body of any accepted type into unchecked rows: JSON, one raw image, or multipart with one part per field. */
export async function decodeBody(
  request: PredictBody,
  signature: Signature,
  limits: BodyLimits,
): Promise<readonly unknown[]> {
  const mediaType = mediaTypeOf(request);
  if (mediaType.startsWith('image/')) return [imageRow(signature, request.body)];
  if (mediaType === 'multipart/form-data') return [await multipartRow(request, signature)];
  if (!(request.body instanceof Uint8Array))
    throw new ContractError('INVALID_REQUEST', 'The body is empty: send {"rows": [{ … }]}.');
  const options = { maxRows: limits.maxRows, exactIntegers: needsExactIntegers(signature) };
  return decodePredictBody(await parseInTurns(request.body, options, limits)).rows;
}

/** Essence of Content-Type; JSON in another charset than UTF-8 is refused. */
function mediaTypeOf(request: PredictBody): string {
  if (request.headers['content-type'] === 'application/json') return 'application/json';
  const [essence = '', ...parameters] = (request.headers['content-type'] ?? '').toLowerCase().split(';');
  const charset = parameters.map((parameter) => parameter.trim()).find((parameter) => parameter.startsWith('charset='));
  if (charset !== undefined && !/^charset="?utf-?8"?$/.test(charset)) {
    throw new ContractError('UNSUPPORTED_MEDIA_TYPE', 'Send JSON in UTF-8.');
  }
  return essence.trim();
}

function imageRow(signature: Signature, body: unknown): Record<string, unknown> {
  const images = Object.entries(signature.input).filter(([, field]) => field.type === 'image');
  const [only] = images;
  if (images.length !== 1 || only === undefined) {
    throw new ContractError(
      'UNSUPPORTED_MEDIA_TYPE',
      'A raw image body needs a model with exactly one image field; send JSON or multipart.',
    );
  }
  return { [only[0]]: body };
}

/** One row: files become bytes, text becomes the field's own type (strictly; what does not parse stays text and fails the check). */
async function multipartRow(request: PredictBody, signature: Signature): Promise<Record<string, unknown>> {
  const row = new Map<string, unknown>();
  try {
    for await (const part of request.parts?.() ?? []) {
      if (row.has(part.fieldname))
        throw new ContractError('INVALID_REQUEST', 'Two parts of the body have the same name.');
      const isFile = part.type === 'file';
      row.set(
        part.fieldname,
        isFile ? await part.toBuffer() : textValue(signature, part.fieldname, String(part.value)),
      );
    }
  } catch (error) {
    throw asMultipartError(error);
  }
  if (row.size === 0)
    throw new ContractError('INVALID_REQUEST', 'The multipart body has no parts: send one per field.');
  return Object.fromEntries(row);
}

/** The parser throws plain errors for broken framing; its limits carry codes that the filter knows. */
function asMultipartError(error: unknown): unknown {
  const isCoded = error instanceof Error && 'code' in error;
  return isCoded
    ? error
    : new ContractError('INVALID_REQUEST', 'The body is not valid multipart/form-data (is the boundary missing?).');
}

function textValue(signature: Signature, name: string, text: string): unknown {
  const field: InputField | undefined = Object.hasOwn(signature.input, name) ? signature.input[name] : undefined;
  if (field === undefined || field.type === 'text' || field.type === 'image') return text;
  if (field.type === 'category') return field.values.find((value) => String(value) === text) ?? text;
  try {
    return parseJson(new TextEncoder().encode(text));
  } catch {
    return text;
  }
}
