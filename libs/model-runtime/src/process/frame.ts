import type { Value } from '@web-single/tensor';
import { decodeValue, encodeValue, WireError } from './wire-value.ts';

/** A frame longer than this is a fault, not a request: bodies are capped far below it. */
const maxFrameBytes = 2 ** 30;
const prefixBytes = 8;
/** Blobs start at multiples of this in a frame, so that every dtype can be a view of it. */
const alignment = 8;

const padding = (length: number): number => (alignment - (length % alignment)) % alignment;

/**
 * One message as the chunks to write: frame length and header length (uint32, little-endian, each without the 8 bytes of
 * the two), header (UTF-8 JSON: message and blob lengths), blobs. Blobs are views of the message: do not write them before
 * the chunks are sent.
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

/** Turns a byte stream back into messages; keeps what is incomplete. */
export class FrameReader {
  #chunks: Uint8Array[] = [];
  #bytes = 0;

  /** Takes the next bytes, gives the messages that are complete. Throws `WireError` for anything our encoder does not write. */
  push(chunk: Uint8Array): readonly Value[] {
    this.#chunks.push(chunk);
    this.#bytes += chunk.length;
    const messages: Value[] = [];
    for (let frame = this.#next(); frame; frame = this.#next())
      messages.push(decodeFrame(frame.body, frame.headerLength));
    return messages;
  }

  #next(): { readonly body: Uint8Array; readonly headerLength: number } | undefined {
    if (this.#bytes < prefixBytes) return undefined;
    // Joined once the prefix is there and once the frame is: a large frame is not copied again at every chunk.
    if ((this.#chunks[0]?.length ?? 0) < prefixBytes) this.#join();
    const [first] = this.#chunks as [Uint8Array];
    const view = new DataView(first.buffer, first.byteOffset, prefixBytes);
    const [length, headerLength] = [view.getUint32(0, true), view.getUint32(4, true)];
    if (length > maxFrameBytes || headerLength > length)
      throw new WireError(`A frame of ${length} bytes with a header of ${headerLength}.`);
    if (this.#bytes < prefixBytes + length) return undefined;
    return { body: this.#take(prefixBytes + length).subarray(prefixBytes), headerLength };
  }

  #take(length: number): Uint8Array {
    const joined = this.#join();
    this.#chunks = joined.length > length ? [joined.subarray(length)] : [];
    this.#bytes -= length;
    return joined.subarray(0, length);
  }

  #join(): Uint8Array {
    const joined = this.#chunks.length === 1 && this.#chunks[0] ? this.#chunks[0] : Buffer.concat(this.#chunks);
    this.#chunks = [joined];
    return joined;
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
