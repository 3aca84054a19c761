import { isTensor } from '@web-single/tensor';
import type { Row, TensorOf } from '@web-single/tensor';
import { mismatch, requireValue } from '../row-access.ts';

/**
 * Decoded pixels, 0–255, row by row, channels interleaved. Nobody writes `data` after creation; between two steps that keep nothing the
 * pipeline owns it, and frees it once the second has answered (`StepDefinition.keepsNothing`).
 */
export interface Picture {
  readonly width: number;
  readonly height: number;
  /** 1 grey, 3 red, green, blue. */
  readonly channels: 1 | 3;
  readonly data: Uint8Array;
}

/** The picture as a row holds it: uint8 [height, width] where grey, else [height, width, 3]. */
export function pictureTensor({ width, height, channels, data }: Picture): TensorOf<'uint8'> {
  return { dtype: 'uint8', shape: channels === 1 ? [height, width] : [height, width, channels], data };
}

/** The row with another picture in the same field. */
export function withPicture(row: Row, field: string, picture: Picture): Row {
  return { ...row, [field]: pictureTensor(picture) };
}

/** The row's decoded picture, sharing its memory. Throws a rejection for anything else. */
export function requirePicture(row: Row, field: string): Picture {
  const expected = 'a decoded picture, uint8 [height, width] or [height, width, 3]';
  const value = requireValue(row, field, expected);
  if (!isTensor(value) || value.dtype !== 'uint8' || value.data.length === 0)
    throw wrongPicture(field, expected, value);
  const [height, width, channels = 1] = value.shape;
  const isPicture = value.shape.length === 2 || (value.shape.length === 3 && channels === 3);
  if (!isPicture) throw wrongPicture(field, expected, value);
  return { width: width!, height: height!, channels: channels as 1 | 3, data: value.data };
}

/** As `requirePicture`, and grey. */
export function requireGreyPicture(row: Row, field: string): Picture {
  const picture = requirePicture(row, field);
  if (picture.channels === 1) return picture;
  const hint = 'Set "mode: grey" in step "decode-image".';
  throw mismatch(field, 'a grey picture, uint8 [height, width]', row[field], hint);
}

function wrongPicture(field: string, expected: string, got: unknown): ReturnType<typeof mismatch> {
  return mismatch(field, expected, got, 'Step "decode-image" makes one of a PNG, JPEG or WebP file.');
}
