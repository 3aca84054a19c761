import type { InputField, NumberField, OutputField } from '@web-single/signature';

const maxListed = 12;

/** A field in a few words: `category, 2 values: "a", "b"`, `number from 25 to 65, unit mm, optional`, `tensor float32 [4]`. */
export function summarizeField(field: InputField | OutputField): string {
  return `${kindOf(field)}${field.optional === true ? ', optional' : ''}`;
}

function kindOf(field: InputField | OutputField): string {
  switch (field.type) {
    case 'category':
      return `category, ${field.values.length} values: ${listSome(field.values)}`;
    case 'number':
      return numberOf(field);
    case 'tensor':
      return `tensor ${field.dtype} [${field.dims.map((dim) => dim ?? '?').join(', ')}]`;
    case 'scores':
      return `a number per value of "${field.of}"`;
    case 'text':
      return field.maxLength === undefined ? 'text' : `text of at most ${field.maxLength} characters`;
    case 'image':
      return field.maxPixels === undefined ? 'image' : `image of at most ${field.maxPixels} pixels`;
    case 'boolean':
      return 'boolean';
  }
}

function numberOf({ integer, dtype, min, max, unit }: NumberField): string {
  const kind = `${integer === true ? 'integer' : 'number'}${dtype === undefined ? '' : ` (${dtype})`}`;
  return `${kind}${rangeOf(min, max)}${unit === undefined ? '' : `, unit ${unit}`}`;
}

function rangeOf(min: number | undefined, max: number | undefined): string {
  if (min !== undefined && max !== undefined) return ` from ${min} to ${max}`;
  if (min !== undefined) return ` of at least ${min}`;
  return max === undefined ? '' : ` of at most ${max}`;
}

/** The first values of a list, and how many more there are. */
export function listSome(values: readonly unknown[]): string {
  const shown = values
    .slice(0, maxListed)
    .map((value) => JSON.stringify(value))
    .join(', ');
  return values.length > maxListed ? `${shown} and ${values.length - maxListed} more` : shown;
}
