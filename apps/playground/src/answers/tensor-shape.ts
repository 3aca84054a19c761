/** Lengths along the first element of every level: `[[1,2],[3,4],[5,6]]` is [3, 2]. */
export function shapeOf(value: unknown): readonly number[] {
  return Array.isArray(value) ? [value.length, ...shapeOf(value[0])] : [];
}

/** All elements in order; null for what is no finite number. */
export function flatNumbers(value: unknown): readonly (number | null)[] {
  if (!Array.isArray(value)) return [numberOf(value)];
  return value.flat(Infinity).map(numberOf);
}

function numberOf(value: unknown): number | null {
  if (typeof value === 'boolean') return value ? 1 : 0;
  return typeof value === 'number' ? value : null;
}

export interface Range {
  readonly min: number;
  readonly max: number;
}

/** The finite numbers' range; 0 to 0 of none. */
export function rangeOf(numbers: readonly (number | null)[]): Range {
  let min = Infinity;
  let max = -Infinity;
  for (const number of numbers) {
    if (number === null) continue;
    if (number < min) min = number;
    if (number > max) max = number;
  }
  return min > max ? { min: 0, max: 0 } : { min, max };
}
