import type { Tensor } from '@web-single/tensor';
import type * as OnnxRuntime from 'onnxruntime-node';

type OrtTensor = OnnxRuntime.Tensor;

/** Wraps a tensor for the runtime without a copy: the caller must not write `data` until the run is over. */
export const toOrtTensor = (ort: typeof OnnxRuntime, tensor: Tensor): OrtTensor => {
  const { dtype, shape, data } = tensor;
  const wrapped = new ort.Tensor(dtype as 'float32', data as Float32Array, shape);
  // Node 24 turns the bits into a Float16Array, whose byte length the binding reads as 0 (microsoft/onnxruntime#26791).
  if (dtype === 'float16') Object.defineProperty(wrapped, 'cpuData', { value: data });
  return wrapped;
};

/** The runtime's answer as our tensor, without a copy; float16 comes back as its bits. */
export const fromOrtTensor = ({ type, dims, data }: OrtTensor): Tensor => {
  const isFloat16Array = type === 'float16' && !(data instanceof Uint16Array);
  const values = isFloat16Array ? bitsOf(data as unknown as ArrayBufferView) : data;
  return { dtype: type, shape: dims, data: values } as Tensor;
};

const bitsOf = ({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint16Array =>
  new Uint16Array(buffer, byteOffset, byteLength / Uint16Array.BYTES_PER_ELEMENT);
