import type { Signature } from '@web-single/signature';
import { InputError, type InputRow } from './input-row.ts';
import { readWhole } from './read-bytes.ts';
import { valueOfText } from './value-of-text.ts';

/** `name=value` of the command line as one row; the value of a picture is its path. Throws `InputError`. */
export async function fieldsRow(fields: readonly string[], { input }: Signature): Promise<InputRow> {
  const pairs = fields.map((field) => ({ field, at: field.indexOf('=') }));
  const wrong = pairs.filter(({ at }) => at <= 0).map(({ field }) => `--field ${field}: expected name=value.`);
  const names = pairs.map(({ field, at }) => field.slice(0, at));
  const twice = names.filter((name, index) => name !== '' && names.indexOf(name) !== index);
  const problems = [...wrong, ...[...new Set(twice)].map((name) => `--field ${name}: is given twice.`)];
  if (problems.length > 0) throw new InputError(problems.join('\n'));
  const entries = pairs.map(async ({ field, at }): Promise<[string, unknown]> => {
    const [name, text] = [field.slice(0, at), field.slice(at + 1)];
    const known = Object.hasOwn(input, name) ? input[name] : undefined;
    if (known?.type === 'image') return [name, text === '' ? null : await readWhole(text)];
    return [name, valueOfText(known, text)];
  });
  const value = Object.fromEntries(await Promise.all(entries));
  return { place: { file: '--field' }, value, kept: {}, sizeBytes: fields.join().length };
}
