import type { Tensor } from '@web-single/tensor';
import { encodeText } from './bytes-text.ts';
import { datatypeOf } from './datatype.ts';
import type { Datatype } from './datatype.ts';
import type { WireTensor } from './message.ts';

/** A tensor as the wire names it; shares its memory, but for strings. */
export function wireTensor(name: string, tensor: Tensor): WireTensor {
  const { shape } = tensor;
  if (tensor.dtype === 'string') return { name, shape, datatype: 'BYTES', elements: tensor.data.map(encodeText) };
  const datatype = datatypeOf(tensor.dtype) as Exclude<Datatype, 'BYTES' | 'BF16'>;
  return { name, shape, datatype, tensor };
}
