import type { Metadata, default as Sharp, SharpOptions } from 'sharp';
import { cmykToRgb } from './image/cmyk-to-rgb.ts';
import type { DecodedImage, ImageDecoder, ImageRefusal } from './image-decoder.ts';
import { sniffImageType } from './sniff-image-type.ts';

const supported = 'a PNG, JPEG or WebP file';

/** Damage is an error, as in Pillow; profiles are ignored, as in Pillow; sizes are checked by us, from the header. */
const options: SharpOptions = { failOn: 'warning', ignoreIcc: true, limitInputPixels: false, sequentialRead: true };

/** Decodes with libvips, which is loaded at the first picture: a model without pictures does not pay for it. */
export const sharpImageDecoder: ImageDecoder = {
  async decode(bytes, { maxPixels }) {
    const type = sniffImageType(bytes);
    if (type === undefined) return { refusal: { expected: supported, got: describeUnknown(bytes) } };
    const sharp = await loadSharp();
    try {
      const metadata = await sharp(bytes, options).metadata();
      const refusal = refuseByHeader(metadata, maxPixels);
      if (refusal !== undefined) return { refusal };
      const image = await decodePixels(sharp, bytes, metadata);
      return { image, orientation: metadata.orientation ?? 1 };
    } catch {
      // libvips' own words name files and functions; they are not for callers.
      return { refusal: { expected: supported, got: `a damaged or truncated ${type} file` } };
    }
  },
};

let loading: Promise<typeof Sharp> | undefined;

function loadSharp(): Promise<typeof Sharp> {
  return (loading ??= import('sharp').then(({ default: sharp }) => {
    // SVG, TIFF, GIF, HEIF, … are on by default, and each is a parser that a request could reach.
    sharp.block({ operation: ['VipsForeignLoad'] });
    sharp.unblock({
      operation: ['VipsForeignLoadPngBuffer', 'VipsForeignLoadJpegBuffer', 'VipsForeignLoadWebpBuffer'],
    });
    sharp.cache(false);
    sharp.concurrency(1);
    return sharp;
  }));
}

function refuseByHeader(metadata: Metadata, maxPixels: number): ImageRefusal | undefined {
  const { width, height, pages = 1 } = metadata;
  if (width * height > maxPixels) {
    return { expected: `at most ${maxPixels.toLocaleString('en-US')} pixels`, got: `${width} x ${height}` };
  }
  return pages > 1 ? { expected: 'a still picture', got: `an animation of ${pages} pictures` } : undefined;
}

/** `srgb` keeps the upper byte of 16-bit samples. `b-w` would drop an alpha channel, and the upper byte. */
async function decodePixels(sharp: typeof Sharp, bytes: Uint8Array, metadata: Metadata): Promise<DecodedImage> {
  const { space } = metadata;
  const isGrey = metadata.channels === 1 && space === 'b-w';
  const pipeline =
    space === 'cmyk'
      ? sharp(bytes, options).pipelineColourspace('cmyk').toColourspace('cmyk')
      : sharp(bytes, options).toColourspace(isGrey ? 'b-w' : 'srgb');
  const { data, info } = await pipeline.raw().toBuffer({ resolveWithObject: true });
  const { width, height } = info;
  if (space === 'cmyk') return { width, height, channels: 3, data: cmykToRgb(data) };
  // Not a Buffer: its slice() would share memory.
  const samples = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  return { width, height, channels: info.channels as DecodedImage['channels'], data: samples };
}

function describeUnknown(bytes: Uint8Array): string {
  return bytes.length === 0 ? 'an empty file' : `${bytes.length} bytes that begin as none of them`;
}
