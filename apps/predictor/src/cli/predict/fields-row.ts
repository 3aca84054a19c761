import type { Signature } from '@web-single/signature';
import { InputError, type InputRow } from './input-row.ts';
import { readWhole } from './read-bytes.ts';
import { valueOfText } from './value-of-text.ts';

/** What is wrong with `name=value`s, whatever the model. */
export function fieldProblems(fields: readonly string[]): readonly string[] {
  const names = fields.map((field) => field.slice(0, Math.max(0, field.indexOf('='))));
  const twice = names.filter((name, index) => name !== '' && names.indexOf(name) !== index);
  return [
    ...fields.filter((_field, index) => names[index] === '').map((field) => `--field ${field}: expected name=value.`),
    ...[...new Set(twice)].map((name) => `--field ${name}: is given twice.`),
  ];
}

/** `name=value` of the command line as one row; the value of a picture is its path. Throws `InputError`. */
export async function fieldsRow(fields: readonly string[], { input }: Signature): Promise<InputRow> {
  const problems = fieldProblems(fields);
  if (problems.length > 0) throw new InputError(problems.join('\n'));
  const entries = fields.map(async (field): Promise<[string, unknown]> => {
    const at = field.indexOf('=');
    const [name, text] = [field.slice(0, at), field.slice(at + 1)];
    const known = Object.hasOwn(input, name) ? input[name] : undefined;
    if (known?.type === 'image') return [name, text === '' ? null : await readWhole(text)];
    return [name, valueOfText(known, text)];
  });
  const value = Object.fromEntries(await Promise.all(entries));
  return { place: { file: '--field' }, value, kept: {}, sizeBytes: fields.join().length };
}
