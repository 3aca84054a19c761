import type { Row } from '@web-single/tensor';

/** One recorded example. `{ "$file": "golden/3.png" }` values of the file are already replaced by their bytes in `input`. */
export interface GoldenCase {
  readonly input: Row;
  readonly output: Row;
}

/** Numbers agree when `|got − expected| ≤ absolute + relative · |expected|`; everything else must be equal. */
export interface Tolerance {
  readonly absolute: number;
  readonly relative: number;
}

/** Cases recorded on the training side, the tolerance written in them, and who produced them. */
export interface GoldenSet {
  readonly producer: Readonly<Record<string, unknown>>;
  readonly tolerance: Tolerance;
  readonly cases: readonly GoldenCase[];
}
