import { createData } from './create-data.ts';
import type { WritableDataByDtype } from './create-data.ts';
import { describeValue } from './describe-value.ts';
import type { Dtype } from './dtype.ts';
import { elementCount } from './element-count.ts';
import { explainElement, fillLeaf } from './leaf.ts';
import { tensor } from './tensor.ts';
import type { Tensor } from './tensor.ts';
import { describeSpec } from './tensor-spec.ts';
import type { Dim } from './tensor-spec.ts';

/** What is wrong with one element or array of a nested value. */
export interface NestedProblem {
  /** Indices from the outermost array: `[3][1]`; empty for the value itself. */
  readonly path: string;
  readonly expected: string;
  readonly got: string;
  readonly hint?: string;
}

export interface FromNestedOptions {
  /** Most problems told. Default 20. */
  readonly maxProblems?: number;
}

export type FromNestedResult = { readonly tensor: Tensor } | { readonly problems: readonly NestedProblem[] };

/** One call's work. */
interface Reading {
  readonly dtype: Dtype;
  readonly dims: readonly Dim[];
  /** `null` where no array was met that says it. */
  readonly sizes: readonly (number | null)[];
  readonly problems: NestedProblem[];
  readonly maxProblems: number;
}

/**
 * A nested value as JSON carries it → a tensor; nothing is coerced, cut to a range or filled up. A dynamic dim takes the
 * size of the first array met there; dims of one name have one size.
 */
export function fromNested(
  value: unknown,
  dtype: Dtype,
  dims: readonly Dim[],
  options: FromNestedOptions = {},
): FromNestedResult {
  const sizes = resolveSizes(value, dims);
  const shape = sizes.map((size) => size ?? 0);
  // Memory only for regular arrays: their element count is what the caller really sent.
  if (isRegular(value, shape, 0)) {
    const data = createData(dtype, elementCount(shape));
    if (fill({ dtype, shape, data, offset: 0 }, value, 0)) return { tensor: tensor(dtype, shape, data) };
  }
  const reading: Reading = { dtype, dims, sizes, problems: [], maxProblems: options.maxProblems ?? 20 };
  explain(reading, value, []);
  return { problems: reading.problems };
}

function resolveSizes(value: unknown, dims: readonly Dim[]): readonly (number | null)[] {
  const sizeByName = new Map<string, number | null>();
  let current = value;
  return dims.map((dim) => {
    const array: readonly unknown[] | null = Array.isArray(current) ? current : null;
    current = array?.[0];
    if (typeof dim === 'number') return dim;
    const size = (dim === null ? null : sizeByName.get(dim)) ?? array?.length ?? null;
    if (dim !== null && dim !== '') sizeByName.set(dim, size);
    return size;
  });
}

function isRegular(value: unknown, shape: readonly number[], depth: number): boolean {
  if (depth === shape.length) return true;
  if (!Array.isArray(value) || value.length !== shape[depth]) return false;
  if (depth === shape.length - 1) return true;
  // Not `every`: it would skip the holes of a sparse array.
  for (const inner of value) if (!isRegular(inner, shape, depth + 1)) return false;
  return true;
}

interface Filling {
  readonly dtype: Dtype;
  readonly shape: readonly number[];
  readonly data: WritableDataByDtype[Dtype];
  /** Elements already written. */
  offset: number;
}

/** Regular arrays only. False at the first element the dtype cannot hold. */
function fill(filling: Filling, value: unknown, depth: number): boolean {
  if (depth < filling.shape.length - 1) {
    for (const inner of value as readonly unknown[]) if (!fill(filling, inner, depth + 1)) return false;
    return true;
  }
  const leaf = filling.shape.length === 0 ? [value] : (value as readonly unknown[]);
  if (fillLeaf(filling, leaf) < leaf.length) return false;
  filling.offset += leaf.length;
  return true;
}

/** Goes through everything again and notes what is wrong until the cap is reached. */
function explain(reading: Reading, value: unknown, indices: readonly number[]): void {
  const { dtype, dims, sizes, problems, maxProblems } = reading;
  if (indices.length === dims.length) return noteElement(reading, value, indices);
  const size = sizes[indices.length] ?? null;
  if (!Array.isArray(value) || (size !== null && value.length !== size)) {
    const array = size === null ? 'array' : `array of ${size}`;
    const expected = `${array} (${describeSpec({ dtype, dims })})`;
    problems.push({ path: formatPath(indices), expected, got: describeValue(value) });
  }
  if (!Array.isArray(value)) return;
  if (indices.length === dims.length - 1) return explainLeaf(reading, value, indices);
  for (let index = 0; index < value.length && problems.length < maxProblems; index++) {
    explain(reading, value[index], [...indices, index]);
  }
}

/** Jumps from one bad element to the next: millions of good ones may lie between them. */
function explainLeaf(reading: Reading, values: readonly unknown[], indices: readonly number[]): void {
  const { dtype, problems, maxProblems } = reading;
  const target = { dtype, data: createData(dtype, values.length), offset: 0 };
  let index = fillLeaf(target, values);
  while (index < values.length && problems.length < maxProblems) {
    noteElement(reading, values[index], [...indices, index]);
    index = fillLeaf(target, values, index + 1);
  }
}

function noteElement({ dtype, problems }: Reading, value: unknown, indices: readonly number[]): void {
  const problem = explainElement(dtype, value);
  if (problem !== null) problems.push({ path: formatPath(indices), ...problem });
}

function formatPath(indices: readonly number[]): string {
  return indices.map((index) => `[${index}]`).join('');
}
