import { describeSpec, dtypes } from '@web-single/tensor';
import type { Dim, Dtype } from '@web-single/tensor';
import type {
  CategoryField,
  ImageField,
  InputField,
  NumberField,
  OutputField,
  TensorField,
  TextField,
} from './field.ts';
import type { JsonSchema } from './json-schema.ts';
import { toldRange } from './number-range.ts';

type PlainField = InputField | Exclude<OutputField, { type: 'scores' }>;

/** JSON Schema of a field's value, with its description, unit and example; `null` is allowed too where it is optional. */
export function valueSchema(field: PlainField): JsonSchema {
  const schema = typeSchema(field);
  const description = describe(field);
  return {
    ...(field.optional === true ? nullable(schema) : schema),
    ...(description !== '' && { description }),
    // An image's example is a file of the package, nothing that JSON could show.
    ...(field.example !== undefined && field.type !== 'image' && { examples: [field.example] }),
  };
}

/** Description and unit in one text, for readers of the schema. */
export function describe(field: PlainField): string {
  const unit = field.type === 'number' && field.unit !== undefined ? `Unit: ${field.unit}.` : '';
  const spec = field.type === 'tensor' ? `Tensor ${describeSpec(field)}, nested arrays in row-major order.` : '';
  return [field.description ?? '', unit, spec].filter((part) => part !== '').join(' ');
}

function typeSchema(field: PlainField): JsonSchema {
  switch (field.type) {
    case 'number':
      return numberSchema(field);
    case 'boolean':
      return { type: 'boolean' };
    case 'category':
      return categorySchema(field);
    case 'text':
      return textSchema(field);
    case 'image':
      return imageSchema(field);
    case 'tensor':
      return tensorSchema(field.dtype, field.dims);
  }
}

function nullable(schema: JsonSchema): JsonSchema {
  const type = [schema['type']].flat();
  const values = schema['enum'];
  return {
    ...schema,
    type: [...type, 'null'],
    ...(Array.isArray(values) && { enum: [...(values as unknown[]), null] }),
  };
}

function numberSchema(field: Pick<NumberField, 'integer' | 'min' | 'max' | 'dtype'>): JsonSchema {
  const { isInteger, min, max } = toldRange(field);
  return {
    type: isInteger ? 'integer' : 'number',
    ...(min !== null && { minimum: min }),
    ...(max !== null && { maximum: max }),
  };
}

function categorySchema({ values }: CategoryField): JsonSchema {
  const types = [...new Set(values.map((value) => typeof value))];
  return { type: types.length === 1 ? types[0] : types, enum: values };
}

function textSchema({ maxLength }: TextField): JsonSchema {
  // The schema's maxLength counts code points, ours UTF-16 code units: never fewer, so the schema is no stricter.
  return { type: 'string', ...(maxLength !== undefined && { maxLength }) };
}

function imageSchema(_field: ImageField): JsonSchema {
  const base64 = {
    type: 'string',
    contentEncoding: 'base64',
    contentMediaType: 'image/png',
    description: 'The bytes of a PNG, JPEG or WebP file.',
  };
  return { type: 'object', properties: { base64 }, required: ['base64'], additionalProperties: false };
}

function tensorSchema(dtype: Dtype, dims: TensorField['dims']): JsonSchema {
  return dims.reduceRight<JsonSchema>(
    (items, dim) => ({ type: 'array', items, ...lengthOf(dim) }),
    elementSchema(dtype),
  );
}

function lengthOf(dim: Dim): JsonSchema {
  return typeof dim === 'number' ? { minItems: dim, maxItems: dim } : {};
}

function elementSchema(dtype: Dtype): JsonSchema {
  if (dtype === 'bool') return { type: 'boolean' };
  if (dtype === 'string') return { type: 'string' };
  return dtypes[dtype].isFloat ? { type: 'number' } : numberSchema({ dtype });
}
