import { inflateSync } from 'node:zlib';
import type { DecodedImage } from '../image-decoder.ts';
import { expandSamples } from './expand-samples.ts';
import { readPlainPng } from './read-plain-png.ts';
import { unfilterLines } from './unfilter-lines.ts';

/** Larger ones would hold the thread for long, and take their memory at once. Of samples as they are decoded; each line costs a call. */
const mostSampleBytes = 2 ** 22;
const mostLines = 2 ** 14;

/**
 * Decodes a plain PNG on this thread: the samples are those that libvips gives, without its start and end for each.
 * `undefined` for everything that is not plain, not whole, or larger than `maxPixels`: libvips says what is to be said of it.
 */
export function decodePlainPng(bytes: Uint8Array, maxPixels: number): DecodedImage | undefined {
  const png = readPlainPng(bytes);
  if (png === undefined || png.width * png.height > maxPixels) return undefined;
  const sampleBytes = png.width * png.height * (png.palette === undefined ? png.samples : 4);
  if (png.height > mostLines || sampleBytes > mostSampleBytes) return undefined;
  const lineBytes = Math.ceil((png.width * png.samples * png.depth) / 8);
  const lines = inflate(png.pieces, png.height * (1 + lineBytes));
  const samples = lines && unfilterLines(lines, lineBytes, png.samples);
  return samples && expandSamples(png, samples);
}

/** Exactly so many bytes; `undefined` where the stream holds more or less, or is damaged. */
function inflate(pieces: readonly Uint8Array[], sizeBytes: number): Uint8Array | undefined {
  try {
    const stream = pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces);
    // One chunk that is not filled: zlib asks for a second one otherwise, and puts them together.
    const bytes = inflateSync(stream, { maxOutputLength: sizeBytes, chunkSize: Math.max(64, sizeBytes + 1) });
    return bytes.length === sizeBytes ? bytes : undefined;
  } catch {
    return undefined;
  }
}
