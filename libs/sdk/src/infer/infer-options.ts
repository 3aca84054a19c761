import type { PredictOptions } from '../options.ts';

export interface InferOptions<Name extends string = string> extends PredictOptions {
  /** Comes back in the result. */
  readonly id?: string;
  /** The outputs wanted, in order. Left out: all. */
  readonly outputs?: readonly Name[];
  /** Tensors as the model's session has them, or the fields of its rows; left out, the server goes by their names. */
  readonly level?: 'tensor' | 'row';
  readonly parameters?: Readonly<Record<string, string | number | boolean>>;
}
