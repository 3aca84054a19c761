import type { DecodedImage } from '../image-decoder.ts';
import { jpegKernel } from './jpeg-kernel.ts';
import { readPlainJpeg, type PlainJpeg } from './read-plain-jpeg.ts';

/** Larger ones would hold the thread for long, and take their memory at once. */
const mostPixels = 2 ** 21;

/**
 * Decodes a plain JPEG on this thread: the samples are those that libvips gives, without its start and end for each.
 * `undefined` for everything that is not plain, not whole, or larger than `maxPixels`: libvips says what is to be said of it.
 */
export function decodePlainJpeg(
  bytes: Uint8Array,
  maxPixels: number,
): { readonly image: DecodedImage; readonly orientation: number } | undefined {
  const jpeg = readPlainJpeg(bytes);
  if (jpeg === undefined || jpeg.frame.width * jpeg.frame.height > Math.min(maxPixels, mostPixels)) return undefined;
  const image = decodeScan(jpeg);
  return image && { image, orientation: jpeg.orientation };
}

function decodeScan(jpeg: PlainJpeg): DecodedImage | undefined {
  const { width, height, components } = jpeg.frame;
  const { memory, decodeStrip } = jpegKernel();
  const pixels = start(jpeg);
  if (pixels === 0) return undefined;
  const channels = components.length === 1 ? 1 : 3;
  const data = new Uint8Array(width * height * channels);
  let end = 0;
  while (end < data.length) {
    const rows = decodeStrip();
    if (rows < 0) return undefined;
    const sizeBytes = rows * width * channels;
    data.set(memory.subarray(pixels, pixels + sizeBytes), end);
    end += sizeBytes;
  }
  return { width, height, channels, data };
}

function start({ frame, quantisers, huffman, tables, restartInterval, scan }: PlainJpeg): number {
  const kernel = jpegKernel();
  if (scan.length > kernel.mostScanBytes) return 0;
  kernel.memory.set(scan, kernel.scanAt);
  kernel.memory.set(huffman, kernel.huffmanAt);
  const words = new Uint16Array(kernel.memory.buffer, kernel.quantisersAt);
  for (const [index, quantiser] of quantisers.entries()) words.set(quantiser, index * quantiser.length);
  const { width, height, components, across, down } = frame;
  return kernel.start(width, height, components.length, across, down, restartInterval, tables, scan.length);
}
