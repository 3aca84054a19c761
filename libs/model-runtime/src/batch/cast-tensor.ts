import { createData, float16ToNumber, numberToFloat16 } from '@web-single/tensor';
import type { Dtype, Tensor } from '@web-single/tensor';

const floats: readonly Dtype[] = ['float16', 'float32', 'float64'];

/** A tensor in the dtype a session input wants. Floats convert among each other (rounding); anything else gives `undefined`. */
export const castTensor = (tensor: Tensor, dtype: Dtype): Tensor | undefined => {
  if (tensor.dtype === dtype) return tensor;
  if (!floats.includes(tensor.dtype) || !floats.includes(dtype)) return undefined;
  const values = tensor.data as Float32Array | Float64Array | Uint16Array;
  const data = createData(dtype, values.length) as Float32Array | Float64Array | Uint16Array;
  values.forEach((value, index) => {
    const number = tensor.dtype === 'float16' ? float16ToNumber(value) : value;
    data[index] = dtype === 'float16' ? numberToFloat16(number) : number;
  });
  return { dtype, shape: tensor.shape, data } as Tensor;
};
