import { describeElement, describeSpec, dtypes, quoteText } from '@web-single/tensor';
import type { CategoryValue, InputField, NumberField } from './field.ts';
import { toldRange } from './number-range.ts';

const maxListed = 20;

/** What a field takes, for the `expected` of a problem: `number from 25 to 65 (mm)`, `one of "Biscoe", "Dream"`. */
export function describeField(field: InputField): string {
  switch (field.type) {
    case 'number':
      return describeNumberField(field);
    case 'boolean':
      return 'true or false';
    case 'category':
      return `one of ${listNames(field.values)}`;
    case 'text':
      return field.maxLength === undefined ? 'string' : `string of at most ${field.maxLength} characters`;
    case 'image':
      return 'PNG, JPEG or WebP image';
    case 'tensor':
      if (field.dims.length === 0) return describeElement(field.dtype);
      return `${field.dims.length === 1 ? 'array' : 'nested array'}, ${describeSpec(field)}`;
  }
}

/** A value of a category as a reader tells `3` and `"3"` apart; safe to print. */
export function describeCategoryValue(value: CategoryValue): string {
  return typeof value === 'string' ? quoteText(value) : String(value);
}

/** `"a", 2 and 28 more`; only what is listed is formatted: a vocabulary may have thousands. */
export function listNames(names: readonly CategoryValue[]): string {
  const rest = names.length - maxListed;
  const listed = names.slice(0, maxListed).map(describeCategoryValue).join(', ');
  return rest > 0 ? `${listed} and ${rest} more` : listed;
}

function describeNumberField(field: NumberField): string {
  const { isInteger, min, max } = toldRange(field);
  const noun = isInteger ? 'integer' : 'number';
  const unit = field.unit === undefined ? '' : ` (${field.unit})`;
  const precision = field.dtype !== undefined && dtypes[field.dtype].isFloat ? ` that fits ${field.dtype}` : '';
  if (min !== null && max !== null) return `${noun} from ${min} to ${max}${unit}`;
  if (min !== null) return `${noun} of at least ${min}${unit}`;
  if (max !== null) return `${noun} of at most ${max}${unit}`;
  if (field.dtype === 'int64') return `a whole number (64-bit)${unit}`;
  return `${noun}${precision}${unit}`;
}
