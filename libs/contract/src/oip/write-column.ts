import { createData, elementCount, fromNested, isTensor, numberToFloat16, stack, tensor } from '@web-single/tensor';
import type { Dim, Dtype, Row, Tensor, TensorOf, Value, ValueMap } from '@web-single/tensor';
import { ContractError } from '../contract-error.ts';
import { nameOutput } from './quote-name.ts';
import type { RowSpec } from './row-spec.ts';

/**
 * One output field of all rows → one tensor, rows first. A missing number is NaN and a missing text empty; what the
 * datatype cannot hold is `INFERENCE_FAILED`.
 */
export function writeColumn(rows: readonly Row[], spec: RowSpec, modelName: string): Tensor {
  const values = rows.map((row) => (Object.hasOwn(row, spec.name) ? row[spec.name]! : null));
  const { field } = spec;
  const written =
    field.type === 'scores'
      ? writeScores(values, spec)
      : field.type === 'tensor'
        ? writeTensors(values, field)
        : writeScalars(values, spec.dtype);
  if (written !== undefined) return written;
  const expected = `${spec.datatype} [${spec.shape.join(', ')}]`;
  throw new ContractError(
    'INFERENCE_FAILED',
    `${nameOutput(spec.name, modelName)}: the answers of these rows do not fit into one ${expected}.`,
  );
}

/** `[rows, labels]`, in the order of the labels; without a list of them in that of the first row. */
function writeScores(values: readonly Value[], { labels }: RowSpec): Tensor {
  const keys = labels ?? Object.keys(values.find(isMap) ?? {});
  const data = new Float64Array(values.length * keys.length).fill(NaN);
  values.forEach((scores, row) => {
    if (!isMap(scores)) return;
    keys.forEach((key, column) => {
      const score = Object.hasOwn(scores, key) ? scores[key] : null;
      if (typeof score === 'number') data[row * keys.length + column] = score;
    });
  });
  return tensor('float64', [values.length, keys.length], data);
}

function isMap(value: Value): value is ValueMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !isTensor(value);
}

function writeTensors(
  values: readonly Value[],
  { dtype, dims }: { readonly dtype: Dtype; readonly dims: readonly Dim[] },
): Tensor | undefined {
  const tensors = values.map((value) => readTensor(value, dtype, dims));
  const [first] = tensors;
  if (first === undefined)
    return tensor(dtype, [0, ...dims.map((dim) => (typeof dim === 'number' ? dim : 0))], createData(dtype, 0));
  const fit = tensors.every((row) => row?.dtype === dtype && row.shape.join() === first.shape.join());
  return fit ? stack(tensors as readonly Tensor[]) : undefined;
}

/** A value of one element may come bare, and NaN in it is a number here. */
function readTensor(value: Value, dtype: Dtype, dims: readonly Dim[]): Tensor | undefined {
  if (isTensor(value)) return value;
  if (!Array.isArray(value) && dims.every((dim) => dim === 1 || typeof dim !== 'number')) {
    const scalar = writeScalars([value], dtype);
    return scalar === undefined ? undefined : ({ ...scalar, shape: dims.map(() => 1) } as Tensor);
  }
  const read = fromNested(value, dtype, dims);
  return 'tensor' in read ? read.tensor : undefined;
}

/** Undefined where a value is not one of the dtype. */
function writeScalars(values: readonly Value[], dtype: Dtype): Tensor | undefined {
  const shape = [values.length];
  if (dtype === 'string') return values.every(hasText) ? tensor(dtype, shape, values.map(textOf)) : undefined;
  const data = createData(dtype, elementCount(shape)) as unknown as (number | bigint)[];
  for (const [row, value] of values.entries()) {
    const element = elementOf(value, dtype);
    if (element === undefined) return undefined;
    data[row] = element;
    // Typed arrays wrap around what is out of their range.
    if (typeof element === 'bigint' ? data[row] !== element : !dtype.startsWith('float') && data[row] !== element)
      return undefined;
  }
  return tensor<Dtype>(dtype, shape, data as unknown as TensorOf<'float64'>['data']);
}

function hasText(value: Value): boolean {
  return value === null || ['string', 'number', 'bigint', 'boolean'].includes(typeof value);
}

function textOf(value: Value): string {
  return value === null ? '' : String(value);
}

function elementOf(value: Value, dtype: Dtype): number | bigint | undefined {
  if (dtype === 'bool') return typeof value === 'boolean' ? Number(value) : undefined;
  if (dtype.startsWith('float')) return floatOf(value, dtype);
  if (typeof value === 'bigint' && dtype.endsWith('int64')) return value;
  if (typeof value !== 'number' || !Number.isInteger(value)) return undefined;
  return dtype.endsWith('int64') ? BigInt(value) : value;
}

function floatOf(value: Value, dtype: Dtype): number | undefined {
  if (value !== null && typeof value !== 'number' && typeof value !== 'bigint') return undefined;
  const number = value === null ? NaN : Number(value);
  return dtype === 'float16' ? numberToFloat16(number) : number;
}
