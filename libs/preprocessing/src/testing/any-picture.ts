import type { TensorOf } from '@web-single/tensor';
import fc from 'fast-check';

/** Decoded pictures of a few pixels, grey and RGB, any levels. */
export const anyPicture: fc.Arbitrary<TensorOf<'uint8'>> = fc
  .record({ height: fc.integer({ min: 1, max: 6 }), width: fc.integer({ min: 1, max: 6 }), isRgb: fc.boolean() })
  .chain(({ height, width, isRgb }) => {
    const length = height * width * (isRgb ? 3 : 1);
    const shape = isRgb ? [height, width, 3] : [height, width];
    return fc
      .uint8Array({ minLength: length, maxLength: length })
      .map((data) => ({ dtype: 'uint8' as const, shape, data }));
  });
