import { z } from 'zod';
import { defineStep } from '../../define-step.ts';
import { contentBox } from '../../image/content-box.ts';
import { cropPicture } from '../../image/crop-picture.ts';
import { requireGreyPicture, withPicture } from '../../image/picture.ts';
import { perRow } from '../../per-row.ts';
import { RowRejection } from '../../step.ts';
import { fieldName, level } from '../../step-params.ts';

/** Crops a grey picture to the smallest box that holds all pixels at or above `threshold`. */
export const cropToContent = defineStep({
  name: 'crop-to-content',
  summary: 'Crops a grey picture to the smallest box that holds all pixels at or above "threshold".',
  keepsNothing: true,
  params: z.strictObject({ field: fieldName, threshold: level.default(64) }),
  create({ field, threshold }) {
    return perRow('crop-to-content', (row) => {
      const picture = requireGreyPicture(row, field);
      const box = contentBox(picture, threshold);
      if (box !== undefined) return withPicture(row, field, cropPicture(picture, box));
      const expected = `a picture with a pixel of at least ${threshold}`;
      return new RowRejection({ field, expected, got: 'one without: no drawing found' });
    });
  },
});
