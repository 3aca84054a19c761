import { float16ToNumber, numberToFloat16, tensor } from '@web-single/tensor';
import type { Dtype, Tensor, TensorOf } from '@web-single/tensor';
import { printFloat32 } from './print-float32.ts';

/** How an output is classified. */
export interface Classification {
  /** At least 1; more than there are is all of them. */
  readonly classes: number;
  /** True where the first dim counts rows; else all elements are one list. */
  readonly hasBatch: boolean;
  readonly labels: readonly string[] | undefined;
}

/** Numbers → `value:index[:label]` of the best classes, best first, of two equal ones the first; NaN comes last. */
export function classify(scores: Tensor, { classes, hasBatch, labels }: Classification): TensorOf<'string'> {
  const rows = hasBatch ? (scores.shape[0] ?? 0) : 1;
  const columns = rows === 0 ? 0 : scores.data.length / rows;
  const shown = Math.min(classes, columns);
  const data: string[] = [];
  for (let row = 0; row < rows; row += 1) {
    const values = scores.data.slice(row * columns, (row + 1) * columns);
    for (const index of best(values as ArrayLike<number>, scores.dtype, shown)) {
      const label = labels?.length === columns ? labels[index] : undefined;
      const text = `${print(scores.dtype, values[index] as number)}:${index}`;
      data.push(label === undefined ? text : `${text}:${label}`);
    }
  }
  return tensor('string', hasBatch ? [rows, shown] : [shown], data);
}

function best(values: ArrayLike<number | bigint>, dtype: Dtype, count: number): readonly number[] {
  const compared = dtype === 'float16' ? Array.from(values as ArrayLike<number>, float16ToNumber) : values;
  const indices = Array.from({ length: compared.length }, (_, index) => index);
  // The sort is stable: equal values stay in the order of their classes.
  return indices.sort((a, b) => descending(compared[a]!, compared[b]!)).slice(0, count);
}

/** In the tensor's own dtype: 64-bit integers are compared as such. */
function descending(a: number | bigint, b: number | bigint): number {
  if (a > b) return -1;
  if (a < b) return 1;
  return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
}

function print(dtype: Dtype, value: number | bigint | string): string {
  if (dtype === 'float32') return printFloat32(value as number);
  return dtype === 'float16' ? printFloat16(value as number) : String(value);
}

/** Fewest digits that are this float16 again; five always are. */
function printFloat16(bits: number): string {
  const value = float16ToNumber(bits);
  for (let digits = 1; digits < 5; digits += 1) {
    const text = value.toPrecision(digits);
    if (numberToFloat16(Number(text)) === bits) return String(Number(text));
  }
  return String(Number(value.toPrecision(5)));
}
