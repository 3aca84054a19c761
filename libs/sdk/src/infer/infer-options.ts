import type { PredictOptions } from '../options.ts';

/** Options of `infer`. */
export interface InferOptions<Name extends string = string> extends PredictOptions {
  /** Comes back in the result. */
  readonly id?: string;
  /** The outputs wanted, in order. Left out: all. */
  readonly outputs?: readonly Name[];
  /** Tensors as the model's session has them, or the fields of its rows; left out, the server goes by their names. */
  readonly level?: 'tensor' | 'row';
  /** Parameters of the request, as the protocol has them; passed on to the server. */
  readonly parameters?: Readonly<Record<string, string | number | boolean>>;
}
