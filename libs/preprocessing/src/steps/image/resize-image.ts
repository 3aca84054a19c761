import { z } from 'zod';
import { defineStep } from '../../define-step.ts';
import { requirePicture, withPicture } from '../../image/picture.ts';
import { resample } from '../../image/resample.ts';
import { perRow } from '../../per-row.ts';
import { RowRejection } from '../../step.ts';
import { fieldName, side } from '../../step-params.ts';

const params = z
  .strictObject({
    field: fieldName,
    fit: z.enum(['longest', 'shortest', 'exact']),
    size: side.optional().describe('With "longest" and "shortest": the length of that side, in pixels.'),
    width: side.optional().describe('With "exact", in pixels.'),
    height: side.optional().describe('With "exact", in pixels.'),
    filter: z.enum(['nearest', 'box', 'bilinear', 'hamming', 'bicubic', 'lanczos']),
    like: z
      .enum(['pillow-13', 'pillow-12'])
      .default('pillow-13')
      .describe('The Pillow of the training side: releases before 13 (pillow-12) order the two passes differently.'),
  })
  .refine(isSizeGiven, { error: 'Expected "width" and "height" with "fit: exact", else only "size"' });

function isSizeGiven(given: { fit: string; size?: unknown; width?: unknown; height?: unknown }): boolean {
  const wanted = given.fit === 'exact' ? ['width', 'height'] : ['size'];
  return (['size', 'width', 'height'] as const).every((name) => (given[name] !== undefined) === wanted.includes(name));
}

/** Resizes a picture as Pillow does, bit for bit. */
export const resizeImage = defineStep({
  name: 'resize-image',
  summary: 'Resizes a picture as Pillow does, bit for bit: to a longest or shortest side, or to an exact size.',
  keepsNothing: true,
  params,
  create({ field, filter, like, ...wanted }) {
    return perRow('resize-image', (row) => {
      const picture = requirePicture(row, field);
      const size = newSize(picture, wanted);
      if (size.width * size.height > maxPixels) return tooLarge(field, size);
      return withPicture(row, field, resample(picture, { ...size, filter, like }));
    });
  },
});

/** A thin picture fitted by its shortest side could grow without end. */
const maxPixels = 25_000_000;

interface Size {
  readonly width: number;
  readonly height: number;
}

/** `longest` rounds half up, at least 1; `shortest` rounds down, as torchvision and Hugging Face do. */
function newSize(picture: Size, wanted: Pick<z.output<typeof params>, 'fit' | 'size' | 'width' | 'height'>): Size {
  const { fit, size = 0, width = 0, height = 0 } = wanted;
  if (fit === 'exact') return { width, height };
  if (fit === 'longest') {
    const longest = Math.max(picture.width, picture.height);
    const scaled = (length: number): number => Math.max(1, Math.floor((2 * length * size + longest) / (2 * longest)));
    return { width: scaled(picture.width), height: scaled(picture.height) };
  }
  const shortest = Math.min(picture.width, picture.height);
  const scaled = (length: number): number => Math.floor((length * size) / shortest);
  return { width: scaled(picture.width), height: scaled(picture.height) };
}

function tooLarge(field: string, { width, height }: Size): RowRejection {
  return new RowRejection({
    field,
    expected: 'a picture less thin: resized it may have at most 25,000,000 pixels',
    got: `${width} x ${height}`,
  });
}
