import type { Tensor } from '@web-single/tensor';
import type * as OnnxRuntime from 'onnxruntime-node';

type OrtTensor = OnnxRuntime.Tensor;

/** Of memory that the allocator gives. */
const alignmentBytes = 16;

/** Wraps a tensor for the runtime, aligned data without a copy: the caller must not write `data` until the run is over. */
export const toOrtTensor = (ort: typeof OnnxRuntime, { dtype, shape, data: given }: Tensor): OrtTensor => {
  const data = aligned(given);
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

/** Sums of the runtime start at the first aligned element: at another offset the same input gives other last bits. */
const aligned = (data: Tensor['data']): Tensor['data'] =>
  ArrayBuffer.isView(data) && data.byteOffset % alignmentBytes !== 0 ? copyOf(data) : data;

/** Not the view's own `slice`: a Buffer's copies nothing. */
const copyOf = (data: Extract<Tensor['data'], ArrayBufferView>): Tensor['data'] =>
  Uint8Array.prototype.slice.call(data) as Tensor['data'];

const bitsOf = ({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint16Array =>
  new Uint16Array(buffer, byteOffset, byteLength / Uint16Array.BYTES_PER_ELEMENT);
