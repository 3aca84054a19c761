import { inflateSync } from 'node:zlib';
import type { DecodedImage } from '../image-decoder.ts';
import { readPlainPng } from './read-plain-png.ts';
import type { PlainPng } from './read-plain-png.ts';
import { unfilterLines } from './unfilter-lines.ts';

/** Larger ones would hold the thread for long, and take their memory at once. */
const mostPixels = 2 ** 22;

/**
 * Decodes a plain PNG on this thread: the samples are those that libvips gives, in a third of its time for a small picture.
 * `undefined` for everything that is not plain, not whole, or larger than `maxPixels`: libvips says what is to be said of it.
 */
export function decodePlainPng(bytes: Uint8Array, maxPixels: number): DecodedImage | undefined {
  const png = readPlainPng(bytes);
  if (png === undefined || png.width * png.height > Math.min(maxPixels, mostPixels)) return undefined;
  const { width, height, channels } = png;
  const lines = inflate(png);
  const data = lines && unfilterLines(lines, width * channels, channels);
  return data && { width, height, channels, data };
}

/** All lines, each behind the number of its filter; `undefined` where the stream holds more or less, or is damaged. */
function inflate({ width, height, channels, pieces }: PlainPng): Uint8Array | undefined {
  const sizeBytes = height * (1 + width * channels);
  try {
    const lines = inflateSync(pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces), { maxOutputLength: sizeBytes });
    return lines.length === sizeBytes ? lines : undefined;
  } catch {
    return undefined;
  }
}
