import type { DecodedImage } from '../image-decoder.ts';
import { luma } from './luma.ts';
import type { Picture } from './picture.ts';

/** Grey as Pillow's `convert('L')`; or grey copied to three channels. */
export function toMode({ width, height, channels, data }: DecodedImage, mode: 'grey' | 'rgb'): Picture {
  const wanted = mode === 'grey' ? 1 : 3;
  if (channels === wanted) return { width, height, channels, data };
  const converted = new Uint8Array(width * height * wanted);
  if (wanted === 3) data.forEach((grey, pixel) => converted.fill(grey, pixel * 3, pixel * 3 + 3));
  else writeLuma(data, converted);
  return { width, height, channels: wanted, data: converted };
}

function writeLuma(rgb: Uint8Array, grey: Uint8Array): void {
  for (let pixel = 0, source = 0; pixel < grey.length; pixel++, source += 3) {
    grey[pixel] = luma(rgb, source);
  }
}
