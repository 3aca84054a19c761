import type { InputField, OutputField } from '@web-single/signature';

const maxListed = 12;

/** A field in a few words: `category: 3 values (Biscoe, Dream, Torgersen)`, `tensor float32 [4]`. */
export function summarizeField(field: InputField | OutputField): string {
  switch (field.type) {
    case 'category':
      return `category, ${field.values.length} values: ${listSome(field.values)}`;
    case 'number':
      return `${field.integer === true ? 'integer' : 'number'}${field.dtype === undefined ? '' : ` (${field.dtype})`}${field.optional === true ? ', optional' : ''}`;
    case 'tensor':
      return `tensor ${field.dtype} [${field.dims.map((dim) => dim ?? '?').join(', ')}]`;
    case 'scores':
      return `a number per value of "${field.of}"`;
    default:
      return field.description === undefined ? field.type : `${field.type}. ${field.description}`;
  }
}

/** The first values of a list, and how many more there are. */
export function listSome(values: readonly unknown[]): string {
  const shown = values
    .slice(0, maxListed)
    .map((value) => JSON.stringify(value))
    .join(', ');
  return values.length > maxListed ? `${shown} and ${values.length - maxListed} more` : shown;
}
