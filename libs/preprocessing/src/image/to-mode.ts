import type { DecodedImage } from '../image-decoder.ts';
import { expand, expansionTable } from './expand.ts';
import { mapStrips } from './kernel-strips.ts';
import type { Picture } from './picture.ts';
import { pixelKernel } from './pixel-kernel.ts';

const thrice = expansionTable(3, (grey) => grey);

/** Grey as Pillow's `convert('L')` (ITU-R 601-2 in 16 fraction bits); or grey copied to three channels. */
export function toMode({ width, height, channels, data }: DecodedImage, mode: 'grey' | 'rgb'): Picture {
  const wanted = mode === 'grey' ? 1 : 3;
  if (channels === wanted) return { width, height, channels, data };
  return { width, height, channels: wanted, data: wanted === 3 ? expand(data, thrice, 3) : greyOfRgb(data) };
}

function greyOfRgb(data: Uint8Array): Uint8Array {
  const { memory, greyOfRgb } = pixelKernel();
  return mapStrips(memory, data, { read: 3, written: 1 }, greyOfRgb);
}
