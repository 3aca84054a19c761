import type { RowProblem } from '@web-single/sdk';

/** A path such as `pixels[3][1]` or `image.base64` belongs to the longest field name it begins with. */
export function fieldOf(path: string, names: readonly string[]): string | undefined {
  const owners = names.filter((name) => path === name || path.startsWith(`${name}[`) || path.startsWith(`${name}.`));
  return owners.sort((a, b) => b.length - a.length)[0];
}

/** Problems as sentences by field; under '' those of no field of the form. */
export function problemsByField(
  details: readonly RowProblem[],
  names: readonly string[],
): Readonly<Record<string, readonly string[]>> {
  const byField: Record<string, string[]> = {};
  for (const problem of details) (byField[fieldOf(problem.field, names) ?? ''] ??= []).push(sentenceOf(problem, names));
  return byField;
}

function sentenceOf({ field, expected, got, hint }: RowProblem, names: readonly string[]): string {
  const owner = fieldOf(field, names);
  const where = owner === undefined ? field : field.slice(owner.length);
  return `${where === '' ? '' : `${where}: `}Expected ${expected}, got ${got}.${hint === undefined ? '' : ` ${hint}`}`;
}
