import type { Value } from '@web-single/tensor';
import { decodeValue, encodeValue, WireError } from './wire-value.ts';

/** A frame longer than this is a fault, not a request: bodies are capped far below it. */
const maxFrameBytes = 2 ** 30;
/** Two lengths, and as much again to stay aligned. */
const prefixBytes = 16;
/** Blobs start at multiples of this in a frame: what the runtime wants of tensors, so that they are views of it. */
const alignment = 16;

const padding = (length: number): number => (alignment - (length % alignment)) % alignment;

/**
 * One message as the chunks to write: frame length and header length (uint32, little-endian, each without the prefix),
 * header (UTF-8 JSON: message and blob lengths), blobs. Blobs are views of the message: do not write them before the
 * chunks are sent.
 */
export const encodeFrame = (message: Value): readonly Uint8Array[] => {
  const blobs: Uint8Array[] = [];
  const encoded = encodeValue(message, blobs);
  const header = Buffer.from(JSON.stringify({ message: encoded, blobs: blobs.map(({ length }) => length) }));
  const chunks = [header, ...blobs].flatMap((part) => [part, new Uint8Array(padding(part.length))]);
  const length = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
  if (length > maxFrameBytes) throw new RangeError(`A batch of ${length} bytes is too large for an engine process.`);
  const prefix = Buffer.alloc(prefixBytes);
  prefix.writeUInt32LE(length, 0);
  prefix.writeUInt32LE(header.length, 4);
  return [prefix, ...chunks.filter((chunk) => chunk.length > 0)];
};

/** Turns a byte stream back into messages; keeps what is incomplete, in memory of its own. */
export class FrameReader {
  readonly #prefix = Buffer.alloc(prefixBytes);
  #prefixFilled = 0;
  /** Of the frame whose prefix is complete. */
  #body: Buffer | undefined;
  #bodyFilled = 0;

  /** Takes the next bytes, gives the messages that are complete. Throws `WireError` for anything our encoder does not write. */
  push(chunk: Uint8Array): readonly Value[] {
    const messages: Value[] = [];
    for (let rest = chunk; rest.length > 0;) {
      rest = this.#body === undefined ? this.#takePrefix(rest) : this.#takeBody(this.#body, rest);
      if (this.#body === undefined || this.#bodyFilled < this.#body.length) continue;
      messages.push(decodeFrame(this.#body, this.#prefix.readUInt32LE(4)));
      this.#body = undefined;
      this.#prefixFilled = 0;
    }
    return messages;
  }

  #takePrefix(bytes: Uint8Array): Uint8Array {
    const taken = bytes.subarray(0, prefixBytes - this.#prefixFilled);
    this.#prefix.set(taken, this.#prefixFilled);
    this.#prefixFilled += taken.length;
    if (this.#prefixFilled === prefixBytes) {
      const [length, headerLength] = [this.#prefix.readUInt32LE(0), this.#prefix.readUInt32LE(4)];
      if (length > maxFrameBytes || headerLength > length)
        throw new WireError(`A frame of ${length} bytes with a header of ${headerLength}.`);
      // Not of the pool that small buffers share: its parts are not aligned.
      this.#body = Buffer.allocUnsafeSlow(length);
      this.#bodyFilled = 0;
    }
    return bytes.subarray(taken.length);
  }

  #takeBody(body: Buffer, bytes: Uint8Array): Uint8Array {
    const taken = bytes.subarray(0, body.length - this.#bodyFilled);
    body.set(taken, this.#bodyFilled);
    this.#bodyFilled += taken.length;
    return bytes.subarray(taken.length);
  }
}

const decodeFrame = (body: Uint8Array, headerLength: number): Value => {
  const { message, blobs } = parseHeader(body.subarray(0, headerLength));
  let offset = headerLength + padding(headerLength);
  const views = blobs.map((length) => {
    if (!Number.isSafeInteger(length) || length < 0 || offset + length > body.length)
      throw new WireError('A blob reaches out of its frame.');
    const view = body.subarray(offset, offset + length);
    offset += length + padding(length);
    return view;
  });
  try {
    return decodeValue(message, views);
  } catch (cause) {
    throw new WireError('A frame whose message is not one of ours.', { cause });
  }
};

const parseHeader = (bytes: Uint8Array): { readonly message: unknown; readonly blobs: readonly number[] } => {
  try {
    const header = JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString()) as {
      message?: unknown;
      blobs?: unknown;
    };
    if (Array.isArray(header.blobs)) return { message: header.message, blobs: header.blobs as number[] };
  } catch {
    // Told below: the text of a parser's error may quote the message.
  }
  throw new WireError('A frame whose header is not one of ours.');
};
