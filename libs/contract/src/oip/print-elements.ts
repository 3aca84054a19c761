import type { Tensor } from '@web-single/tensor';
import { printFloat32 } from './print-float32.ts';

/** Tensors that JSON can carry, strings aside. */
export type PrintableTensor = Exclude<Tensor, { dtype: 'string' | 'float16' }>;

/** The elements of a tensor as JSON, flat and row-major, without the brackets: integers exact, NaN and infinities null. */
export function printElements({ dtype, data }: PrintableTensor): string {
  switch (dtype) {
    case 'bool':
      return Array.from(data, (byte) => byte !== 0).join();
    case 'float32':
      return printFloats(data, printFloat32);
    case 'float64':
      return printFloats(data, (value) => (Object.is(value, -0) ? '-0' : String(value)));
    default:
      return data.join();
  }
}

function printFloats(data: Float32Array | Float64Array, print: (value: number) => string): string {
  const parts = new Array<string>(data.length);
  for (let index = 0; index < data.length; index += 1) {
    const value = data[index]!;
    parts[index] = Number.isFinite(value) ? print(value) : 'null';
  }
  return parts.join();
}
