import type { Dim, Dtype } from '@web-single/tensor';
import { mayHoldNull } from './field.ts';
import type { CategoryValue, InputField, OutputField, ScoresField } from './field.ts';
import { toldRange } from './number-range.ts';
import { scoresLabels } from './scores-labels.ts';
import type { Signature } from './signature.ts';
import { jsDoc, propertyKey, stringLiteral } from './typescript-text.ts';
import { describe } from './value-schema.ts';

/** Name of the type of an image input; the generated client imports it. */
export const imageInputType = 'ImageInput';

/** TypeScript source of the type of one row: `{ island: "Biscoe" | "Dream"; bill_length_mm?: number | null }`, with JSDoc. */
export function rowType(signature: Signature): string {
  const lines = Object.entries(signature.input).map(([name, field]) => {
    const optional = field.optional === true;
    return property(
      optional ? `${propertyKey(name)}?` : propertyKey(name),
      nullable(inputType(field), optional),
      field,
    );
  });
  const bare = signature.bareInput === undefined ? undefined : signature.input[signature.bareInput];
  return bare === undefined ? objectType(lines) : `${objectType(lines)} | ${inputType(bare)}`;
}

/** TypeScript source of the type of one prediction: every output is there, an optional one may be null. */
export function predictionType(signature: Signature): string {
  const lines = Object.entries(signature.output).map(([name, field]) => {
    const type = field.type === 'scores' ? scoresType(signature, field) : predictedType(field);
    return property(propertyKey(name), nullable(type, field.optional === true), field);
  });
  return objectType(lines);
}

function objectType(properties: readonly string[]): string {
  return properties.length === 0 ? 'Record<string, never>' : `{\n${properties.join('\n')}\n}`;
}

function property(key: string, type: string, field: InputField | OutputField): string {
  const comment = jsDoc(describeProperty(field));
  return `${comment === '' ? '' : `  ${comment}\n`}  ${key}: ${type};`;
}

function describeProperty(field: InputField | OutputField): string {
  if (field.type === 'scores') return field.description ?? '';
  if (field.type === 'text' && field.maxLength !== undefined)
    return `${describe(field)} At most ${field.maxLength} characters.`;
  if (field.type !== 'number') return describe(field);
  const { isInteger, min, max } = toldRange(field);
  const range = [min === null ? '' : `Minimum: ${min}.`, max === null ? '' : `Maximum: ${max}.`];
  return [describe(field), isInteger ? 'Integer.' : '', ...range].filter((part) => part !== '').join(' ');
}

function nullable(type: string, optional: boolean): string {
  return optional ? `${type} | null` : type;
}

function inputType(field: InputField): string {
  if (field.type === 'image') return imageInputType;
  return field.type === 'tensor' ? tensorType(field.dtype, field.dims, 'readonly ') : outputType(field);
}

/** An optional tensor of floats may hold null where the model gave no number. */
function predictedType(field: Exclude<OutputField, ScoresField>): string {
  if (field.type !== 'tensor' || !mayHoldNull(field)) return outputType(field);
  return `(number | null)${'[]'.repeat(field.dims.length)}`;
}

function outputType(field: Exclude<InputField | OutputField, { type: 'scores' | 'image' }>): string {
  switch (field.type) {
    case 'number':
      return 'number';
    case 'boolean':
      return 'boolean';
    case 'category':
      return union(field.values.map(literal));
    case 'text':
      return 'string';
    case 'tensor':
      return tensorType(field.dtype, field.dims, '');
  }
}

function tensorType(dtype: Dtype, dims: readonly Dim[], modifier: 'readonly ' | ''): string {
  const element = dtype === 'bool' ? 'boolean' : dtype === 'string' ? 'string' : 'number';
  return dims.reduce<string>(
    (inner) => (inner.startsWith('readonly') ? `readonly (${inner})[]` : `${modifier}${inner}[]`),
    element,
  );
}

function scoresType(signature: Signature, field: ScoresField): string {
  const labels = scoresLabels(signature, field);
  const score = nullable('number', field.optional === true);
  return `Record<${labels === null ? 'string' : union(labels.map(stringLiteral))}, ${score}>`;
}

function union(literals: readonly string[]): string {
  return literals.length === 0 ? 'never' : [...new Set(literals)].join(' | ');
}

function literal(value: CategoryValue): string {
  if (typeof value === 'string') return stringLiteral(value);
  return typeof value === 'number' && !Number.isFinite(value) ? 'number' : String(value);
}
