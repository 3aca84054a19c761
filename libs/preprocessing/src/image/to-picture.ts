import type { DecodedImage } from '../image-decoder.ts';
import { flatten } from './flatten.ts';
import { mapStrips } from './kernel-strips.ts';
import type { Picture } from './picture.ts';
import { pixelKernel } from './pixel-kernel.ts';
import { toMode } from './to-mode.ts';

/** `flatten`, then `toMode`. */
export function toPicture(image: DecodedImage, background: number, mode: 'grey' | 'rgb'): Picture {
  const isBoth = image.channels === 4 && mode === 'grey';
  return isBoth ? greyOfRgba(image, background) : toMode(flatten(image, background), mode);
}

/** Both at once: what lies between them is three times as large, and garbage at once. */
function greyOfRgba({ width, height, data }: DecodedImage, background: number): Picture {
  const { memory, greyOfRgba } = pixelKernel();
  const grey = mapStrips(memory, data, { read: 4, written: 1 }, (source, pixels, target) =>
    greyOfRgba(source, pixels, target, background),
  );
  return { width, height, channels: 1, data: grey };
}
