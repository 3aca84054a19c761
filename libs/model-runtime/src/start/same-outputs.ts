import { float16ToNumber, isTensor } from '@web-single/tensor';
import type { Row, Tensor, Value } from '@web-single/tensor';

/**
 * Linear models answer a batch and a single row with other last bits (6e-8 to 1.5e-5 were seen); what has to be found are
 * models that mix rows. Relative to the largest number of the output; float16 has 11 bits.
 */
const toleranceOf = (value: Value): number => (isTensor(value) && value.dtype === 'float16' ? 4e-3 : 1e-5);

/** The name of the first output that differs between two answers to one row, `undefined` where they agree. */
export const differingOutput = (left: Row, right: Row): string | undefined =>
  [...new Set([...Object.keys(left), ...Object.keys(right)])].find((name) => {
    const [one, other] = [left[name], right[name]];
    return one === undefined || other === undefined || !isSame(one, other);
  });

const isSame = (left: Value, right: Value): boolean => {
  const [one, other] = [leavesOf(left), leavesOf(right)];
  if (one.length !== other.length) return false;
  const scale = largest([...one, ...other]);
  const tolerance = scale * toleranceOf(left);
  return one.every((leaf, index) => isSameLeaf(leaf, other[index], tolerance));
};

const isSameLeaf = (left: unknown, right: unknown, tolerance: number): boolean =>
  typeof left === 'number' && typeof right === 'number' && Number.isFinite(left) && Number.isFinite(right)
    ? Math.abs(left - right) <= tolerance
    : Object.is(left, right);

/** Every scalar inside a value, in order; the names of maps and the sizes of arrays and tensors among them. */
const leavesOf = (value: Value): readonly unknown[] => {
  if (isTensor(value)) return [value.shape.join(','), ...numbersOf(value)];
  if (value instanceof Uint8Array) return [value.length, ...value];
  if (Array.isArray(value)) return [`${value.length}`, ...value.flatMap((element: Value) => leavesOf(element))];
  if (typeof value !== 'object' || value === null) return [value];
  return Object.entries(value).flatMap(([name, element]) => [name, ...leavesOf(element)]);
};

const numbersOf = ({ dtype, data }: Tensor): readonly unknown[] =>
  dtype === 'float16' ? Array.from(data as Uint16Array, float16ToNumber) : Array.from<unknown>(data);

const largest = (leaves: readonly unknown[]): number =>
  leaves.reduce<number>(
    (most, leaf) => (typeof leaf === 'number' && Number.isFinite(leaf) ? Math.max(most, Math.abs(leaf)) : most),
    0,
  );
