import type { Dtype } from './dtype.ts';

/** One dimension: a size, the name of a dynamic one (`"batch"`), or `null` for a dynamic one without a name. */
export type Dim = number | string | null;

/** Name, dtype and dims of one session input or output, in memory order. */
export interface TensorSpec {
  readonly name: string;
  readonly dtype: Dtype;
  readonly dims: readonly Dim[];
}
