import { z } from 'zod';
import { defineStep } from '../../define-step.ts';
import { cropPicture } from '../../image/crop-picture.ts';
import { requirePicture, withPicture } from '../../image/picture.ts';
import { perRow } from '../../per-row.ts';
import { RowRejection } from '../../step.ts';
import { fieldName, side } from '../../step-params.ts';

/** Cuts the middle out of a picture. */
export const centerCrop = defineStep({
  name: 'center-crop',
  summary: 'Cuts width x height out of the middle; rejects a smaller picture.',
  keepsNothing: true,
  params: z.strictObject({
    field: fieldName,
    width: side,
    height: side,
    rounding: z
      .enum(['down', 'half-even'])
      .default('down')
      .describe('Of half a pixel: "down" as Hugging Face, "half-even" as torchvision.'),
  }),
  create({ field, width, height, rounding }) {
    const startOf = rounding === 'down' ? halfDown : halfEven;
    return perRow('center-crop', (row) => {
      const picture = requirePicture(row, field);
      if (picture.width < width || picture.height < height) {
        const expected = `at least ${width} x ${height} pixels`;
        return new RowRejection({ field, expected, got: `${picture.width} x ${picture.height}` });
      }
      const left = startOf(picture.width - width);
      const top = startOf(picture.height - height);
      return withPicture(row, field, cropPicture(picture, { left, top, width, height }));
    });
  },
});

function halfDown(length: number): number {
  return Math.floor(length / 2);
}

/** Python's round(length / 2). */
function halfEven(length: number): number {
  return length % 4 === 3 ? (length + 1) / 2 : Math.floor(length / 2);
}
