import type { DecodedImage } from '../image-decoder.ts';

/** Lays a picture with alpha on an opaque grey level, in Pillow's integers (`Image.alpha_composite`, then `RGB`). */
export function flatten(image: DecodedImage, background: number): DecodedImage {
  if (image.channels === 1 || image.channels === 3) return image;
  const colours = image.channels === 2 ? 1 : 3;
  const pixels = image.width * image.height;
  const data = new Uint8Array(pixels * colours);
  for (let pixel = 0; pixel < pixels; pixel++) {
    const source = pixel * image.channels;
    const alpha = image.data[source + colours]!;
    // Nearly all pixels are one or the other: what `blend` gives for these.
    const isPlain = alpha === 0 || alpha === 255;
    for (let colour = 0; colour < colours; colour++) {
      const level = alpha === 0 ? background : image.data[source + colour]!;
      data[pixel * colours + colour] = isPlain ? level : blend(level, background, alpha);
    }
  }
  return { width: image.width, height: image.height, channels: colours, data };
}

/**
 * Both weights have 7 fraction bits and add up to 255 << 7; over an opaque background Pillow's division for the first
 * is exact. v + (v >> 8) >> 8 is v / 255 for the range at hand.
 */
function blend(colour: number, background: number, alpha: number): number {
  const sum = colour * (alpha << 7) + background * ((255 - alpha) << 7) + (0x80 << 7);
  return (((sum >>> 8) + sum) >>> 8) >>> 7;
}
