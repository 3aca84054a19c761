import type { InputField, NumberField } from './field.ts';
import { numberRange } from './number-range.ts';

/** True only where the field takes the value as it is; false also where only `checkValue` can tell, and says why. */
export type PlainCheck = (value: unknown) => boolean;

const LARGEST: Readonly<Partial<Record<string, number>>> = { float16: 65_504, float32: 3.4028234663852886e38 };

/** The short way past `checkValue` for values that need no conversion; undefined for fields that always do. */
export function plainCheckOf(field: InputField): PlainCheck | undefined {
  switch (field.type) {
    case 'number':
      return numberCheck(field);
    case 'boolean':
      return (value) => typeof value === 'boolean';
    case 'category': {
      const values = new Set<unknown>(field.values);
      return (value) => values.has(value);
    }
    case 'text': {
      const { maxLength = Infinity } = field;
      return (value) =>
        typeof value === 'string' && value.length <= maxLength && !value.includes('\0') && value.isWellFormed();
    }
    case 'image':
    case 'tensor':
      return undefined;
  }
}

/** A comparison with NaN is false, so that it goes the long way, as does a bigint. */
function numberCheck(field: NumberField): PlainCheck {
  const { isInteger, min, max } = numberRange(field);
  const largest = isInteger ? Number.MAX_SAFE_INTEGER : (LARGEST[field.dtype ?? 'float64'] ?? Number.MAX_VALUE);
  const least = Math.max(-largest, Number(min ?? -largest));
  const most = Math.min(largest, Number(max ?? largest));
  return isInteger
    ? (value) => Number.isInteger(value) && (value as number) >= least && (value as number) <= most
    : (value) => typeof value === 'number' && value >= least && value <= most;
}
