import type { TensorOf } from '@web-single/tensor';
import { z } from 'zod';
import { defineStep } from '../../define-step.ts';
import { inPlanes, interleaved } from '../../image/look-up-floats.ts';
import { requirePicture } from '../../image/picture.ts';
import type { Picture } from '../../image/picture.ts';
import { perRow } from '../../per-row.ts';
import { mismatch, replaceFields } from '../../row-access.ts';
import { fieldName } from '../../step-params.ts';

const deviation = z.number().refine((std) => std !== 0, { error: 'Expected a number other than 0' });

const params = z
  .strictObject({
    field: fieldName,
    as: fieldName.optional(),
    scale: z.number().default(1 / 255),
    mean: z.array(z.number()).min(1).max(3).describe('After scaling; one per channel.'),
    std: z.array(deviation).min(1).max(3).describe('After scaling; one per channel.'),
    layout: z.enum(['CHW', 'HWC']),
  })
  .refine(({ mean, std }) => mean.length === std.length && mean.length !== 2, {
    error: 'Expected "mean" and "std" of one number each (grey) or three each (RGB)',
  });

/** Normalises pixels: (value · scale − mean) / std in float64, rounded once to float32. */
export const imageToTensor = defineStep({
  name: 'image-to-tensor',
  summary: 'Replaces pixels by float32 [channel, height, width] or [height, width, channel]: (v * scale - mean) / std.',
  keepsNothing: true,
  params,
  create({ field, as = field, scale, mean, std, layout }) {
    const tables = mean.map((_, channel) => normalisation(scale, mean[channel]!, std[channel]!));
    return perRow('image-to-tensor', (row) => {
      const picture = requirePicture(row, field);
      if (picture.channels !== tables.length) {
        throw mismatch(field, `a picture of ${tables.length} channels, as "mean" and "std" have`, row[field]);
      }
      return replaceFields(row, [field], { [as]: normalise(picture, tables, layout) });
    });
  },
});

/** float32 [256]: what each level becomes. */
function normalisation(scale: number, mean: number, std: number): Float32Array {
  return Float32Array.from({ length: 256 }, (_, value) => (value * scale - mean) / std);
}

function normalise(picture: Picture, tables: readonly Float32Array[], layout: 'CHW' | 'HWC'): TensorOf<'float32'> {
  const { width, height, channels, data } = picture;
  const shape = layout === 'HWC' ? [height, width, channels] : [channels, height, width];
  return { dtype: 'float32', shape, data: (layout === 'HWC' ? interleaved : inPlanes)(data, tables) };
}
