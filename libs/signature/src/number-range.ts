import { dtypes } from '@web-single/tensor';
import type { NumberField } from './field.ts';

type Bound = number | bigint | null;

export interface NumberRange {
  readonly isInteger: boolean;
  /** Inclusive; `null` where only the size of a float bounds it. */
  readonly min: Bound;
  readonly max: Bound;
}

/** What a number field may hold: its own bounds where it has them, else those of its integer dtype. */
export function numberRange({
  integer,
  min,
  max,
  dtype,
}: Pick<NumberField, 'integer' | 'min' | 'max' | 'dtype'>): NumberRange {
  const range = dtype === undefined ? null : dtypes[dtype].integerRange;
  return {
    isInteger: integer === true || range !== null,
    min: tighter(min, range?.min, (own, ofDtype) => own > ofDtype),
    max: tighter(max, range?.max, (own, ofDtype) => own < ofDtype),
  };
}

/** The range as readers are told it: without the bounds of 64-bit integers, which say nothing and JSON cannot keep. */
export function toldRange(field: Pick<NumberField, 'integer' | 'min' | 'max' | 'dtype'>): {
  readonly isInteger: boolean;
  readonly min: number | null;
  readonly max: number | null;
} {
  const { isInteger, min, max } = numberRange(field);
  return { isInteger, min: toldBound(min), max: toldBound(max) };
}

function toldBound(bound: Bound): number | null {
  if (typeof bound !== 'bigint') return bound;
  return bound === 0n ? 0 : null;
}

function tighter(
  own: number | undefined,
  ofDtype: number | bigint | undefined,
  isTighter: (own: number, ofDtype: number | bigint) => boolean,
): Bound {
  if (own === undefined) return ofDtype ?? null;
  return ofDtype === undefined || isTighter(own, ofDtype) ? own : ofDtype;
}
