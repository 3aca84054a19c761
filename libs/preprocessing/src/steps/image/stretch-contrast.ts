import { z } from 'zod';
import { defineStep } from '../../define-step.ts';
import { darkestAndLightest } from '../../image/levels.ts';
import { levelTable, lookUp } from '../../image/look-up.ts';
import { requireGreyPicture, withPicture } from '../../image/picture.ts';
import { perRow } from '../../per-row.ts';
import { RowRejection } from '../../step.ts';
import { fieldName, level } from '../../step-params.ts';

/** Stretches the levels of a grey picture: darkest → 0, lightest → 255, rounded half up. */
export const stretchContrast = defineStep({
  name: 'stretch-contrast',
  summary: 'Stretches a grey picture to 0–255; rejects one whose levels span less than "minRange".',
  keepsNothing: true,
  params: z.strictObject({ field: fieldName, minRange: level.min(1).default(16) }),
  create({ field, minRange }) {
    return perRow('stretch-contrast', (row) => {
      const picture = requireGreyPicture(row, field);
      const [darkest, lightest] = darkestAndLightest(picture.data);
      const range = lightest - darkest;
      if (range < minRange) return tooFlat(field, range, minRange);
      if (range === 255) return row;
      const stretched = levelTable((level) => Math.floor(((level - darkest) * 255 + Math.floor(range / 2)) / range));
      return withPicture(row, field, { ...picture, data: lookUp(picture.data, stretched) });
    });
  },
});

function tooFlat(field: string, range: number, minRange: number): RowRejection {
  return new RowRejection({
    field,
    expected: `a picture whose grey levels span at least ${minRange} of 255`,
    got: `no drawing found: they span ${range}`,
    hint: 'Send a picture with more contrast.',
  });
}
