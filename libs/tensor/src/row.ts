import type { Tensor } from './tensor.ts';

/**
 * One value of a row. `Uint8Array` holds the bytes of a file (an encoded image); decoded pixels and numbers are tensors.
 * `null` is a missing value. Arrays are nested numbers, strings or booleans as JSON carries them.
 */
export type Value = null | boolean | number | bigint | string | Uint8Array | Tensor | readonly Value[] | ValueMap;

export interface ValueMap {
  readonly [name: string]: Value;
}

/** The named values of one prediction: what the caller sent, what a step made of it, or what goes back. */
export type Row = ValueMap;

/** What is wrong with one value of one row; sent to the caller as `details[]` of an `INPUT_MISMATCH`. */
export interface RowProblem {
  /** Index in the request's rows, 0-based. */
  readonly row: number;
  /** Path from the row: `bill_length_mm`, `pixels[3][1]`; empty for the row itself. */
  readonly field: string;
  readonly expected: string;
  readonly got: string;
  readonly hint?: string;
}
