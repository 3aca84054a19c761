import type { DecodedImage } from '../image-decoder.ts';
import { mapStrips } from './kernel-strips.ts';
import { pixelKernel } from './pixel-kernel.ts';

/** Lays a picture with alpha on an opaque grey level, in Pillow's integers (`Image.alpha_composite`, then `RGB`). */
export function flatten(image: DecodedImage, background: number): DecodedImage {
  const { width, height, channels, data } = image;
  if (channels === 1 || channels === 3) return image;
  const colours = channels === 2 ? 1 : 3;
  const kernel = pixelKernel();
  const pass = channels === 2 ? kernel.flattenGrey : kernel.flattenRgba;
  const unitBytes = { read: channels, written: colours };
  const flat = mapStrips(kernel.memory, data, unitBytes, (source, pixels, target) =>
    pass(source, pixels, target, background),
  );
  return { width, height, channels: colours, data: flat };
}
