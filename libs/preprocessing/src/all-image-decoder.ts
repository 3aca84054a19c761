import type { ImageDecoder } from './image-decoder.ts';
import { decodePlainPng } from './png/decode-plain-png.ts';
import { sharpImageDecoder } from './sharp-image-decoder.ts';

/** Plain PNGs in this thread, all else with libvips, whose start and end take a millisecond a picture. */
export const allImageDecoder: ImageDecoder = {
  async decode(bytes, limits) {
    const image = decodePlainPng(bytes, limits.maxPixels);
    return image === undefined ? sharpImageDecoder.decode(bytes, limits) : { image, orientation: 1 };
  },
};
