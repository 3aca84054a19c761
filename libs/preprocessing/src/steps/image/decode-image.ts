import type { Row } from '@web-single/tensor';
import { z } from 'zod';
import { defineStep } from '../../define-step.ts';
import type { StepDefinition } from '../../define-step.ts';
import type { ImageDecoder } from '../../image-decoder.ts';
import { freeBetween } from '../../free-between.ts';
import { contrastBackground } from '../../image/contrast-background.ts';
import { orient } from '../../image/orient.ts';
import { pictureTensor } from '../../image/picture.ts';
import { toPicture } from '../../image/to-picture.ts';
import { perRow } from '../../per-row.ts';
import { mismatch, requireValue } from '../../row-access.ts';
import { allImageDecoder } from '../../all-image-decoder.ts';
import { RowRejection } from '../../step.ts';
import { fieldName, level as greyLevel } from '../../step-params.ts';

const expected = 'the bytes of a PNG, JPEG or WebP file';

/** Turns a file into pixels: upright, transparency laid on `background`, grey or RGB. */
export function defineDecodeImage(decoder: ImageDecoder): StepDefinition {
  return defineStep({
    name: 'decode-image',
    summary:
      'Replaces the bytes of a PNG, JPEG or WebP file by uint8 [height, width] (grey) or [height, width, 3] (rgb).',
    decodes: true,
    keepsNothing: true,
    params: z.strictObject({
      field: fieldName,
      mode: z.enum(['grey', 'rgb']),
      background: z
        .union([greyLevel, z.literal('contrast')])
        .default(255)
        .describe(
          'The grey level that transparent pixels lie on; "contrast": 0 behind light ink on a transparent sheet, else 255.',
        ),
      maxPixels: z.int().min(1).max(268_402_689).default(25_000_000),
    }),
    create({ field, mode, background, maxPixels }) {
      return perRow('decode-image', async (row) => {
        const decoding = await decoder.decode(requireBytes(row, field), { maxPixels });
        if ('refusal' in decoding) return new RowRejection({ field, ...decoding.refusal });
        const upright = orient(decoding.image, decoding.orientation);
        const level = background === 'contrast' ? contrastBackground(upright) : background;
        const picture = toPicture(upright, level, mode);
        // Owned here, and a whole heap to be marked for every hundred of them.
        freeBetween(row, { decoded: decoding.image.data, upright: upright.data }, { picture: picture.data });
        return { ...row, [field]: pictureTensor(picture) };
      });
    },
  });
}

export const decodeImage = defineDecodeImage(allImageDecoder);

function requireBytes(row: Row, field: string): Uint8Array {
  const value = requireValue(row, field, expected);
  if (value instanceof Uint8Array) return value;
  throw mismatch(field, expected, value);
}
