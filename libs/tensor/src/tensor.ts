import { dtypes, isDtype } from './dtype.ts';
import type { DataByDtype, Dtype } from './dtype.ts';
import { elementCount } from './element-count.ts';
import { TensorError } from './tensor-error.ts';

/** Values in row-major order; `data.length` is the product of `shape`. The holder owns `data`: nobody writes it after creation. */
export interface TensorOf<D extends Dtype> {
  readonly dtype: D;
  readonly shape: readonly number[];
  readonly data: DataByDtype[D];
}

export type Tensor = { [D in Dtype]: TensorOf<D> }[Dtype];

/** The tensors of the dtypes `D`: `TensorOf<D>` for one, their union for more. */
export type TensorIn<D extends Dtype> = { [K in D]: TensorOf<K> }[D];

/** A tensor whose dtype, shape and data belong together; takes `data` over without a copy. Throws `TensorError`. */
export function tensor<D extends Dtype>(dtype: D, shape: readonly number[], data: DataByDtype[D]): TensorIn<D> {
  if (!isDtype(dtype)) throw new TensorError('INVALID_DTYPE', `Unknown dtype ${JSON.stringify(dtype)}.`);
  const count = elementCount(shape);
  const { arrayType } = dtypes[dtype];
  if (!(data instanceof arrayType)) throw wrongData(dtype, shape, `its data in a ${arrayType.name}.`);
  if (data.length !== count) throw wrongData(dtype, shape, `${count} elements, got ${data.length}.`);
  return { dtype, shape, data } as unknown as TensorIn<D>;
}

function wrongData(dtype: Dtype, shape: readonly number[], expected: string): TensorError {
  return new TensorError('INVALID_DATA', `Tensor ${dtype} [${shape.join(', ')}]: expected ${expected}`);
}
