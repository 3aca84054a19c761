import { z } from 'zod';
import { defineStep } from '../../define-step.ts';
import { inverted } from '../../image/inverted.ts';
import { requireGreyPicture, withPicture } from '../../image/picture.ts';
import type { Picture } from '../../image/picture.ts';
import { perRow } from '../../per-row.ts';
import { fieldName } from '../../step-params.ts';

/** Inverts a picture whose border is light, so that the drawing is light and its ground dark. */
export const lightOnDark = defineStep({
  name: 'light-on-dark',
  summary: 'Inverts a grey picture whose border pixels have a lower median above 127.',
  keepsNothing: true,
  params: z.strictObject({ field: fieldName }),
  create({ field }) {
    return perRow('light-on-dark', (row) => {
      const picture = requireGreyPicture(row, field);
      if (borderMedian(picture) <= 127) return row;
      return withPicture(row, field, { ...picture, data: inverted(picture.data) });
    });
  },
});

/** The lower median of first and last row and column, each pixel once. */
function borderMedian({ width, height, data }: Picture): number {
  const counts = new Uint32Array(256);
  let total = 0;
  for (let y = 0; y < height; y++) {
    const isWholeRow = y === 0 || y === height - 1;
    // Inside, only the two ends: a picture of one column has one.
    const step = isWholeRow ? 1 : Math.max(1, width - 1);
    for (let x = 0; x < width; x += step, total++) counts[data[y * width + x]!]!++;
  }
  const middle = Math.floor((total - 1) / 2);
  let level = 0;
  for (let seen = counts[0]!; seen <= middle; seen += counts[level]!) level++;
  return level;
}
