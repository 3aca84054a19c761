import type { DecodedImage } from '../image-decoder.ts';
import { luma } from './luma.ts';

const black = 0;
const white = 255;

/**
 * Black behind a drawing of light ink on a transparent sheet, white behind everything else. A drawing: what the picture
 * shows, weighted by alpha, covers less than half of it. Light: its weighted mean grey is above 191, which leaves white
 * less than 64 levels of contrast. Integers throughout, exact up to 268 megapixels.
 */
export function contrastBackground({ channels, data }: DecodedImage): number {
  if (channels === 1 || channels === 3) return white;
  let shown = 0;
  let weightedGrey = 0;
  for (let source = 0; source < data.length; source += channels) {
    const alpha = data[source + channels - 1]!;
    shown += alpha;
    weightedGrey += alpha * (channels === 2 ? data[source]! : luma(data, source));
  }
  const pixels = data.length / channels;
  return 2 * shown < 255 * pixels && weightedGrey > 191 * shown ? black : white;
}
