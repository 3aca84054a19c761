import { scoresLabels } from '@web-single/signature';
import type { CategoryField, InputField, OutputField, Signature } from '@web-single/signature';
import type { Dtype } from '@web-single/tensor';
import { datatypeOf } from './datatype.ts';
import type { TensorMetadata } from './model-facts.ts';

/** A field of the signature as a typed tensor with a leading rows dim. */
export interface RowSpec extends TensorMetadata {
  readonly field: InputField | OutputField;
  /** Of the elements on the wire: `string` for BYTES, also where these are files. */
  readonly dtype: Dtype;
  readonly optional: boolean;
  /** Of a scores field: what its columns stand for, in order. */
  readonly labels?: readonly string[];
}

/**
 * number → its dtype, else INT64 or FP64; boolean → BOOL; category → BYTES, INT64, FP64 or BOOL by its values; text and
 * image → BYTES; scores → FP64 [rows, labels]; tensor → its dtype and dims behind the rows.
 */
export function rowSpec(name: string, field: InputField | OutputField, signature: Signature): RowSpec {
  const dtype = dtypeOfField(field);
  const labels = field.type === 'scores' ? scoresLabels(signature, field) : null;
  return {
    name,
    datatype: datatypeOf(dtype),
    shape: [-1, ...rowShape(field, labels)],
    field,
    dtype,
    optional: field.optional === true,
    ...(labels !== null && { labels }),
  };
}

function rowShape(field: InputField | OutputField, labels: readonly string[] | null): readonly number[] {
  if (field.type === 'scores') return [labels?.length ?? -1];
  return field.type === 'tensor' ? field.dims.map((dim) => (typeof dim === 'number' ? dim : -1)) : [];
}

function dtypeOfField(field: InputField | OutputField): Dtype {
  switch (field.type) {
    case 'number':
      return field.dtype ?? (field.integer === true ? 'int64' : 'float64');
    case 'boolean':
      return 'bool';
    case 'category':
      return categoryDtype(field);
    case 'text':
    case 'image':
      return 'string';
    case 'scores':
      return 'float64';
    case 'tensor':
      return field.dtype;
  }
}

/** Values of several types go as text. */
function categoryDtype({ values }: CategoryField): Dtype {
  if (values.length === 0) return 'string';
  if (values.every((value) => typeof value === 'boolean')) return 'bool';
  if (!values.every((value) => typeof value === 'number')) return 'string';
  return values.every(Number.isSafeInteger) ? 'int64' : 'float64';
}
