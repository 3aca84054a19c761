import type { TensorOf } from '@web-single/tensor';

/** A grey picture from its lines. */
export function grey(...lines: readonly (readonly number[])[]): TensorOf<'uint8'> {
  return { dtype: 'uint8', shape: [lines.length, lines[0]!.length], data: Uint8Array.from(lines.flat()) };
}

/** An RGB picture whose samples count up from 0, row by row. */
export function counting(width: number, height: number): TensorOf<'uint8'> {
  const data = Uint8Array.from({ length: width * height * 3 }, (_, index) => index);
  return { dtype: 'uint8', shape: [height, width, 3], data };
}
