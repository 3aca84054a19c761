import { crc32 } from 'node:zlib';
import { sniffImageType } from '../sniff-image-type.ts';

/** A PNG file of the kind that nearly all are: at most 8 bits a sample, not interlaced, nothing that changes what is seen. */
export interface PlainPng {
  readonly width: number;
  readonly height: number;
  /** Bits of a sample; below 8 with one sample a pixel only. */
  readonly depth: 1 | 2 | 4 | 8;
  /** Samples of a pixel: as `DecodedImage` counts channels; 1 where they are places in `palette`. */
  readonly samples: 1 | 2 | 3 | 4;
  /** Red, green and blue of each place, and the alphas of the first ones. */
  readonly palette?: { readonly colours: Uint8Array; readonly alphas?: Uint8Array };
  /** zlib stream of the filtered lines, in the pieces of the file; views of it. */
  readonly pieces: readonly Uint8Array[];
}

const signatureBytes = 8;
/** Length, type and CRC of a chunk. */
const chunkOverheadBytes = 12;

/** By colour type. */
const samplesOf: Readonly<Record<number, PlainPng['samples']>> = { 0: 1, 4: 2, 2: 3, 6: 4, 3: 1 };
const paletteType = 3;

/** Chunks that make the picture. */
const shown: ReadonlySet<string> = new Set(['IHDR', 'PLTE', 'tRNS', 'IDAT', 'IEND']);

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
  const head = readHeader(header.content);
  const first = others.findIndex(({ type }) => type === 'IDAT');
  const last = others.findLastIndex(({ type }) => type === 'IDAT');
  const pieces = others.slice(first, last + 1);
  if (head === undefined || first < 0 || pieces.some(({ type }) => type !== 'IDAT')) return undefined;
  const { hasPalette, ...shape } = head;
  const before = others.slice(0, first).filter((chunk) => !isIgnored(chunk));
  const palette = hasPalette ? readPalette(before, head.depth) : undefined;
  const isKnown = hasPalette ? palette !== undefined : before.length === 0;
  if (!isKnown || !others.slice(last + 1).every(isIgnored)) return undefined;
  return { ...shape, ...(palette && { palette }), pieces: pieces.map(({ content }) => content) };
}

/** PLTE, and tRNS behind it or not; `undefined` for anything else, and for more colours than the depth has places. */
function readPalette([colours, alphas, ...others]: readonly Chunk[], depth: number): PlainPng['palette'] {
  if (colours?.type !== 'PLTE' || others.length > 0) return undefined;
  const entries = colours.content.length / 3;
  if (!Number.isInteger(entries) || entries < 1 || entries > 2 ** depth) return undefined;
  if (alphas === undefined) return { colours: colours.content };
  const isFitting = alphas.type === 'tRNS' && alphas.content.length <= entries;
  return isFitting ? { colours: colours.content, alphas: alphas.content } : undefined;
}

interface Chunk {
  readonly type: string;
  readonly content: Uint8Array;
}

/** A picture that is decoded here has less than that in pieces of 2 KiB: each costs an object. */
const mostChunks = 4096;

/** All chunks, to the last byte; `undefined` where a CRC or a length is wrong, for one that is not known, and for very many. */
function readChunks(bytes: Uint8Array): readonly Chunk[] | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const chunks: Chunk[] = [];
  let at = signatureBytes;
  while (at < bytes.length) {
    const length = at + chunkOverheadBytes <= bytes.length ? view.getUint32(at) : Infinity;
    const end = at + chunkOverheadBytes + length;
    if (end > bytes.length || view.getUint32(end - 4) !== crc32(bytes.subarray(at + 4, end - 4))) return undefined;
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (chunks.length === mostChunks || !(shown.has(type) || ignored.has(type))) return undefined;
    chunks.push({ type, content: bytes.subarray(at + 8, end - 4) });
    at = end;
  }
  return chunks;
}

function readHeader(content: Uint8Array): (Omit<PlainPng, 'pieces' | 'palette'> & { hasPalette: boolean }) | undefined {
  if (content.length !== 13) return undefined;
  const view = new DataView(content.buffer, content.byteOffset, content.byteLength);
  const [width, height] = [view.getUint32(0), view.getUint32(4)];
  const [depth, colourType, compression, filter, interlace] = content.subarray(8);
  const samples = samplesOf[colourType!];
  const isDepth = depth === 8 || (samples === 1 && (depth === 1 || depth === 2 || depth === 4));
  if (!isDepth || samples === undefined || width === 0 || height === 0) return undefined;
  if (compression !== 0 || filter !== 0 || interlace !== 0) return undefined;
  return { width, height, depth, samples, hasPalette: colourType === paletteType };
}

function isIgnored({ type, content }: Chunk): boolean {
  const length = ignored.get(type);
  return ignored.has(type) && (length === undefined || length === content.length);
}
