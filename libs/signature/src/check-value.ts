import { describeValue, explainElement, fromNested, isTensor } from '@web-single/tensor';
import type { Tensor, Value } from '@web-single/tensor';
import { describeCategoryValue, describeField } from './describe-field.ts';
import { checkImage } from './check-image.ts';
import type { CategoryField, CategoryValue, InputField, NumberField, TensorField, TextField } from './field.ts';
import type { GuessName } from './limit-guesses.ts';
import { numberRange } from './number-range.ts';

/** A problem of one value; `path` goes on behind the field's name: `[3][1]`, `.base64` or nothing. */
export interface ValueProblem {
  readonly path: string;
  readonly expected: string;
  readonly got: string;
  readonly hint?: string;
}

export type ValueCheck = { readonly value: Value } | { readonly problems: readonly ValueProblem[] };

/** Checks one value that is there against its field; what passes is exactly what was sent (tensors and images decoded). */
export function checkValue(field: InputField, value: unknown, guess: GuessName): ValueCheck {
  switch (field.type) {
    case 'number':
      return checkNumber(field, value);
    case 'boolean':
      return typeof value === 'boolean' ? { value } : refuse(field, value);
    case 'category':
      return checkCategory(field, value, guess);
    case 'text':
      return checkText(field, value);
    case 'image':
      return checkImage(field, value);
    case 'tensor':
      return checkTensor(field, value);
  }
}

function refuse(field: InputField, value: unknown, hint?: string): ValueCheck {
  const problem = { path: '', expected: describeField(field), got: describeValue(value) };
  return { problems: [hint === undefined ? problem : { ...problem, hint }] };
}

function checkNumber(field: NumberField, value: unknown): ValueCheck {
  const isBigInteger = typeof value === 'bigint' && field.dtype?.endsWith('int64') === true;
  if (typeof value !== 'number' && !isBigInteger) return refuse(field, value, numberHint(value));
  if (typeof value === 'number' && !Number.isFinite(value)) return refuse(field, value);
  const { isInteger, min, max } = numberRange(field);
  if (isInteger && typeof value === 'number' && !Number.isInteger(value)) return refuse(field, value);
  if ((min !== null && value < min) || (max !== null && value > max)) return refuse(field, value);
  // An integer beyond 2^53 − 1 is no longer the one that was sent, whatever the dtype.
  const dtype = field.dtype ?? (isInteger ? 'int64' : 'float64');
  const problem = explainElement(isInteger && dtype.startsWith('float') ? 'int64' : dtype, value);
  return problem === null ? { value } : refuse(field, value, problem.hint);
}

function numberHint(value: unknown): string | undefined {
  const isNumeric =
    typeof value === 'string' && /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i.test(value.slice(0, 100));
  return isNumeric ? 'Send the number without quotes.' : undefined;
}

function checkCategory(field: CategoryField, value: unknown, guess: GuessName): ValueCheck {
  const isLegal = legalValues(field).has(value);
  return isLegal ? { value: value as CategoryValue } : refuse(field, value, guessCategory(field, value, guess));
}

const setByValues = new WeakMap<readonly CategoryValue[], ReadonlySet<unknown>>();

/** One set per list, made at first use: a vocabulary may have thousands of values. */
function legalValues({ values }: CategoryField): ReadonlySet<unknown> {
  const known = setByValues.get(values);
  if (known !== undefined) return known;
  const legal: ReadonlySet<unknown> = new Set(values);
  setByValues.set(values, legal);
  return legal;
}

function guessCategory({ values }: CategoryField, value: unknown, guess: GuessName): string | undefined {
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') return undefined;
  const index = guess(String(value), values);
  const meant = index === undefined ? undefined : values[index];
  return meant === undefined ? undefined : `Did you mean ${describeCategoryValue(meant)}?`;
}

function checkText(field: TextField, value: unknown): ValueCheck {
  if (typeof value !== 'string') return refuse(field, value);
  if (field.maxLength !== undefined && value.length > field.maxLength) {
    return refuse(field, value, `It has ${value.length} characters.`);
  }
  const problem = explainElement('string', value);
  return problem === null ? { value } : refuse(field, value, problem.hint);
}

/** Binary codecs hand in tensors; JSON cannot forge one with a typed array, but could a string tensor: only arrays there. */
function checkTensor(field: TensorField, value: unknown): ValueCheck {
  if (field.dtype !== 'string' && isTensor(value)) {
    return fits(field, value) ? { value } : refuse(field, value);
  }
  const result = fromNested(value, field.dtype, field.dims);
  return 'tensor' in result ? { value: result.tensor } : result;
}

function fits({ dtype, dims }: TensorField, { dtype: got, shape }: Tensor): boolean {
  if (got !== dtype || shape.length !== dims.length) return false;
  const sizeByName = new Map<string, number>();
  return dims.every((dim, axis) => {
    const size = shape[axis] ?? 0;
    if (dim === null || dim === '') return true;
    if (typeof dim === 'number') return dim === size;
    const known = sizeByName.get(dim) ?? size;
    sizeByName.set(dim, known);
    return known === size;
  });
}
