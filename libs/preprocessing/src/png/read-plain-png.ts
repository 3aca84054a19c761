import { crc32 } from 'node:zlib';
import { sniffImageType } from '../sniff-image-type.ts';

/** A PNG file of the kind that nearly all are: 8 bits a sample, no palette, not interlaced, nothing that changes what is seen. */
export interface PlainPng {
  readonly width: number;
  readonly height: number;
  /** As `DecodedImage` counts them. */
  readonly channels: 1 | 2 | 3 | 4;
  /** zlib stream of the filtered lines, in the pieces of the file; views of it. */
  readonly pieces: readonly Uint8Array[];
}

const signatureBytes = 8;
/** Length, type and CRC of a chunk. */
const chunkOverheadBytes = 12;

/** By colour type. */
const channelsOf: Readonly<Record<number, PlainPng['channels']>> = { 0: 1, 4: 2, 2: 3, 6: 4 };

/** Chunks that say nothing about the samples, with their lengths; text may have any. */
const ignored = new Map<string, number | undefined>([
  ['bKGD', undefined],
  ['cHRM', 32],
  ['gAMA', 4],
  ['pHYs', 9],
  ['sRGB', 1],
  ['tEXt', undefined],
  ['tIME', 7],
]);

/**
 * Reads the chunks of a plain PNG (ISO/IEC 15948). `undefined` for every other file and every damaged one: whoever decodes all
 * kinds has to say what it is.
 */
export function readPlainPng(bytes: Uint8Array): PlainPng | undefined {
  const chunks = sniffImageType(bytes) === 'PNG' ? readChunks(bytes) : undefined;
  const [header, ...others] = chunks ?? [];
  if (header?.type !== 'IHDR' || others.pop()?.type !== 'IEND') return undefined;
  const shape = readHeader(header.content);
  const first = others.findIndex(({ type }) => type === 'IDAT');
  const last = others.findLastIndex(({ type }) => type === 'IDAT');
  if (shape === undefined || first < 0) return undefined;
  const pieces = others.slice(first, last + 1);
  if (pieces.some(({ type }) => type !== 'IDAT')) return undefined;
  const rest = [...others.slice(0, first), ...others.slice(last + 1)];
  return rest.every(isIgnored) ? { ...shape, pieces: pieces.map(({ content }) => content) } : undefined;
}

interface Chunk {
  readonly type: string;
  readonly content: Uint8Array;
}

/** All chunks, to the last byte; `undefined` where a CRC or a length is wrong. */
function readChunks(bytes: Uint8Array): readonly Chunk[] | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const chunks: Chunk[] = [];
  let at = signatureBytes;
  while (at < bytes.length) {
    const length = at + chunkOverheadBytes <= bytes.length ? view.getUint32(at) : Infinity;
    const end = at + chunkOverheadBytes + length;
    if (end > bytes.length || view.getUint32(end - 4) !== crc32(bytes.subarray(at + 4, end - 4))) return undefined;
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    chunks.push({ type, content: bytes.subarray(at + 8, end - 4) });
    at = end;
  }
  return chunks;
}

function readHeader(content: Uint8Array): Omit<PlainPng, 'pieces'> | undefined {
  if (content.length !== 13) return undefined;
  const view = new DataView(content.buffer, content.byteOffset, content.byteLength);
  const [width, height] = [view.getUint32(0), view.getUint32(4)];
  const [depth, colourType, compression, filter, interlace] = content.subarray(8);
  const channels = channelsOf[colourType!];
  const isPlain = depth === 8 && compression === 0 && filter === 0 && interlace === 0;
  return isPlain && channels !== undefined && width > 0 && height > 0 ? { width, height, channels } : undefined;
}

function isIgnored({ type, content }: Chunk): boolean {
  const length = ignored.get(type);
  return ignored.has(type) && (length === undefined || length === content.length);
}
