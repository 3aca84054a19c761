import type { InputField, Signature } from '@web-single/signature';

/** A row of the right types for a first call; undefined where a field needs a file or an array of unknown or large size. */
export function exampleRow({ input }: Signature): Readonly<Record<string, unknown>> | undefined {
  const entries = Object.entries(input).map(([name, field]) => [name, exampleValue(field)] as const);
  return entries.every(([, value]) => value !== undefined) ? Object.fromEntries(entries) : undefined;
}

const MOST_ELEMENTS = 16;

function exampleValue(field: InputField): unknown {
  if (field.example !== undefined) return field.example;
  switch (field.type) {
    case 'number':
      return Math.min(Math.max(1, field.min ?? 1), field.max ?? 1);
    case 'boolean':
      return true;
    case 'category':
      return field.values[0];
    case 'text':
      return 'some text';
    case 'image':
      return undefined;
    case 'tensor':
      return exampleArray(field.dims, field.dtype === 'string' ? 'some text' : field.dtype === 'bool' ? true : 1);
  }
}

function exampleArray(dims: readonly (number | string | null)[], element: unknown): unknown {
  const count = dims.reduce<number>((product, dim) => product * (typeof dim === 'number' ? dim : Infinity), 1);
  if (count > MOST_ELEMENTS) return undefined;
  return [...dims].reverse().reduce<unknown>((inner, dim) => Array.from({ length: Number(dim) }, () => inner), element);
}
