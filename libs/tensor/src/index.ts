export type { DataByDtype, Dtype } from './dtype.ts';
export type { Tensor, TensorOf } from './tensor.ts';
export type { Dim, TensorSpec } from './tensor-spec.ts';
export type { Row, RowProblem, Value, ValueMap } from './row.ts';
