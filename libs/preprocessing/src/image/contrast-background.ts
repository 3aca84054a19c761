import type { DecodedImage } from '../image-decoder.ts';
import { forStrips } from './kernel-strips.ts';
import { pixelKernel } from './pixel-kernel.ts';

const black = 0;
const white = 255;

/**
 * Black behind a drawing of light ink on a transparent sheet, white behind everything else. A drawing: what the picture
 * shows, weighted by alpha, covers less than half of it. Light: its weighted mean grey is above 191, which leaves white
 * less than 64 levels of contrast. Integers throughout, exact up to 268 megapixels.
 */
export function contrastBackground(image: DecodedImage): number {
  const { channels, data } = image;
  if (channels === 1 || channels === 3) return white;
  const { shown, weightedGrey } = weighed(image);
  const pixels = data.length / channels;
  return 2 * shown < 255 * pixels && weightedGrey > 191 * shown ? black : white;
}

/** Of a picture with alpha: the sum of alphas, and that of each grey times its alpha. */
export function weighed({ channels, data }: DecodedImage): { readonly shown: number; readonly weightedGrey: number } {
  const kernel = pixelKernel();
  const weigh = channels === 2 ? kernel.weighGrey : kernel.weighRgba;
  const sums = new Float64Array(kernel.memory.buffer, 0, 2);
  let [shown, weightedGrey] = [0, 0];
  forStrips(kernel.memory, data, { read: channels, written: 0 }, ({ source, units }) => {
    weigh(source, units, 0);
    shown += sums[0]!;
    weightedGrey += sums[1]!;
  });
  return { shown, weightedGrey };
}
