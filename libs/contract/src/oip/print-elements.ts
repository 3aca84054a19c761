import type { Tensor } from '@web-single/tensor';
import { encodeText } from './bytes-text.ts';
import { writeFloat32s } from './write-float32s.ts';

/** Tensors that JSON can carry, strings aside. */
export type PrintableTensor = Exclude<Tensor, { dtype: 'string' | 'float16' }>;

/** The elements of a tensor as JSON, flat and row-major, without the brackets: integers exact, NaN and infinities null. */
export function printElements(tensor: PrintableTensor): readonly Uint8Array[] {
  return tensor.dtype === 'float32' ? writeFloat32s(tensor.data) : [encodeText(printText(tensor))];
}

function printText({ dtype, data }: Exclude<PrintableTensor, { dtype: 'float32' }>): string {
  switch (dtype) {
    case 'bool':
      return Array.from(data, (byte) => byte !== 0).join();
    case 'float64':
      return Array.from(data, printFloat64).join();
    default:
      return data.join();
  }
}

function printFloat64(value: number): string {
  if (!Number.isFinite(value)) return 'null';
  return Object.is(value, -0) ? '-0' : String(value);
}
