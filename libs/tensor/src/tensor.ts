import type { DataByDtype, Dtype } from './dtype.ts';

/** Values in row-major order; `data.length` is the product of `shape`. The holder owns `data`: nobody writes it after creation. */
export interface TensorOf<D extends Dtype> {
  readonly dtype: D;
  readonly shape: readonly number[];
  readonly data: DataByDtype[D];
}

export type Tensor = { [D in Dtype]: TensorOf<D> }[Dtype];
