import fc from 'fast-check';
import { createData } from '../create-data.ts';
import { dtypes } from '../dtype.ts';
import type { Dtype } from '../dtype.ts';
import { elementCount } from '../element-count.ts';
import { tensor } from '../tensor.ts';
import type { Tensor } from '../tensor.ts';

export const allDtypes = Object.keys(dtypes) as Dtype[];

/** Shapes of up to three dimensions, zero-size ones included. */
export const anyShape: fc.Arbitrary<number[]> = fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 3 });

const elements: { readonly [D in Dtype]: fc.Arbitrary<number | bigint | string> } = {
  bool: fc.integer({ min: 0, max: 1 }),
  int8: fc.integer({ min: -128, max: 127 }),
  uint8: fc.integer({ min: 0, max: 255 }),
  int16: fc.integer({ min: -32768, max: 32767 }),
  uint16: fc.integer({ min: 0, max: 65535 }),
  int32: fc.integer(),
  uint32: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
  int64: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  uint64: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
  // Bits of finite numbers.
  float16: fc.integer({ min: 0, max: 0xffff }).filter((bits) => (bits & 0x7c00) !== 0x7c00),
  float32: fc.float({ noNaN: true, noDefaultInfinity: true }),
  float64: fc.double({ noNaN: true, noDefaultInfinity: true }),
  string: fc.string({ unit: 'binary' }).filter((text) => !text.includes('\0')),
};

/** A tensor of finite values with the given dtype and shape. */
export function anyTensorOf(dtype: Dtype, shape: readonly number[]): fc.Arbitrary<Tensor> {
  const length = elementCount(shape);
  return fc.array(elements[dtype], { minLength: length, maxLength: length }).map((values) => {
    const data = createData(dtype, length);
    values.forEach((value, index) => ((data as unknown[])[index] = value));
    return tensor(dtype, shape, data);
  });
}

export const anyTensor: fc.Arbitrary<Tensor> = fc
  .tuple(fc.constantFrom(...allDtypes), anyShape)
  .chain(([dtype, shape]) => anyTensorOf(dtype, shape));
