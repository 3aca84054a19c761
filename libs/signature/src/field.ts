import type { Dim, Dtype } from '@web-single/tensor';

interface FieldBase {
  /** May be left out or null: a missing value. */
  readonly optional?: boolean;
  readonly description?: string;
  readonly example?: unknown;
}

/** A finite number; `integer` also refuses fractions. `min` and `max` are inclusive and in `unit`. `dtype` bounds what the session can hold. */
export interface NumberField extends FieldBase {
  readonly type: 'number';
  readonly integer?: boolean;
  readonly unit?: string;
  readonly min?: number;
  readonly max?: number;
  readonly dtype?: Exclude<Dtype, 'string' | 'bool'>;
}

export interface BooleanField extends FieldBase {
  readonly type: 'boolean';
}

export type CategoryValue = string | number | boolean;

/** One of a closed list, in the values' own type: `3` and `"3"` differ. */
export interface CategoryField extends FieldBase {
  readonly type: 'category';
  readonly values: readonly CategoryValue[];
}

/** Free text, lengths in UTF-16 code units; NUL is refused (the runtime cuts there). */
export interface TextField extends FieldBase {
  readonly type: 'text';
  readonly maxLength?: number;
}

/** The bytes of a PNG, JPEG or WebP file: base64 in JSON, a raw body, or a multipart part. */
export interface ImageField extends FieldBase {
  readonly type: 'image';
  readonly maxPixels?: number;
}

/** A (nested) array without the batch dimension. dims `[]` is a scalar. */
export interface TensorField extends FieldBase {
  readonly type: 'tensor';
  readonly dtype: Dtype;
  readonly dims: readonly Dim[];
}

export type InputField = NumberField | BooleanField | CategoryField | TextField | ImageField | TensorField;

/** A number per label of another output field: `{ "Adelie": 0.98, … }`, keyed in the order of its values. */
export interface ScoresField extends FieldBase {
  readonly type: 'scores';
  readonly of: string;
  /** The keys, where these are not all values of that field: an answer such as "unknown" has no score. */
  readonly labels?: readonly string[];
}

/** True for an output whose elements may be null one by one: optional floats, NaN and infinities among them. */
export function mayHoldNull({ optional, dtype }: TensorField): boolean {
  return optional === true && dtype.startsWith('float');
}

export type OutputField = NumberField | BooleanField | CategoryField | TextField | TensorField | ScoresField;
