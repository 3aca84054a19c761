import type { Row } from '@web-single/tensor';

const strangeValues: readonly unknown[] = [
  ...[null, true, 12, 9n, '', 'b\u0000', [], [1, 'a'], [[1, 2]], {}, new Uint8Array(3)],
  { dtype: 'uint8', shape: [0, 0], data: new Uint8Array() },
  { dtype: 'uint8', shape: [1, 2, 4], data: new Uint8Array(8) },
  { dtype: 'uint8', shape: [9], data: new Uint8Array(1) },
  { dtype: 'string', shape: [3], data: ['a', 'b', 'c'] },
  { dtype: 'float32', shape: [3], data: Float32Array.of(NaN, Infinity, -Infinity) },
];

/** Rows as a signature that does not fit its pipeline would let them through: none of the fields, or each with the same strange value. */
export function strangeRowsOf(row: Row): Row[] {
  const fields = Object.keys(row);
  const rows = strangeValues.map((value) => Object.fromEntries(fields.map((field) => [field, value])) as Row);
  return [{}, ...rows];
}

/** True of an answer in which a step failed at a row that it did not foresee. */
export function isUnforeseen(got: string): boolean {
  return got.includes('unexpectedly');
}
