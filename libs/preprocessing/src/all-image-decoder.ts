import type { ImageDecoder } from './image-decoder.ts';
import { decodePlainJpeg } from './jpeg/decode-plain-jpeg.ts';
import { decodePlainPng } from './png/decode-plain-png.ts';
import { sharpImageDecoder } from './sharp-image-decoder.ts';

/** Plain PNGs and JPEGs in this thread, all else with libvips, whose start and end take a millisecond a picture. */
export const allImageDecoder: ImageDecoder = {
  async decode(bytes, limits) {
    const png = decodePlainPng(bytes, limits.maxPixels);
    if (png !== undefined) return { image: png, orientation: 1 };
    return decodePlainJpeg(bytes, limits.maxPixels) ?? sharpImageDecoder.decode(bytes, limits);
  },
};
