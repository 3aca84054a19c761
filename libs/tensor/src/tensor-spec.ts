import type { Dtype } from './dtype.ts';

/** One dimension: a size, the name of a dynamic one (`"batch"`), or `null` for a dynamic one without a name. */
export type Dim = number | string | null;

/** Name, dtype and dims of one session input or output, in memory order. */
export interface TensorSpec {
  readonly name: string;
  readonly dtype: Dtype;
  readonly dims: readonly Dim[];
}

/** `float32 [batch, 4]`; `?` is a dynamic dimension without a name, `[]` a scalar. */
export function describeSpec(spec: Pick<TensorSpec, 'dtype' | 'dims'>): string {
  return `${spec.dtype} [${spec.dims.map(describeDim).join(', ')}]`;
}

/** Names come from the graph: one that could break a line or the brackets is shown quoted. */
function describeDim(dim: Dim): string {
  if (dim === null || dim === '') return '?';
  return typeof dim === 'number' || /^[\w .+*/-]+$/.test(dim) ? String(dim) : JSON.stringify(dim);
}
