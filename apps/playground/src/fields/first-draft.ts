import type { InputField, ModelDescription } from '../server/model-description.ts';
import type { Draft, Entry } from './draft.ts';
import { entryOfValue } from './entry-of-value.ts';
import { isSmall, zerosOf } from './zeros-of.ts';

/** What the form shows at first: the first example without its pictures, else what the signature gives as one. */
export function firstDraft({ signature, examples }: ModelDescription): Draft {
  const example = examples[0]?.input ?? {};
  return Object.fromEntries(
    Object.entries(signature.input).map(([name, field]) => [
      name,
      firstEntry(field, Object.hasOwn(example, name) ? example[name] : undefined),
    ]),
  );
}

function firstEntry(field: InputField, example: unknown): Entry {
  if (field.type === 'image') return entryOfValue(field, undefined);
  const value = example ?? field.example;
  if (value === undefined && field.type === 'tensor' && field.optional !== true && isSmall(field)) {
    return { isLeftOut: false, text: JSON.stringify(zerosOf(field)) };
  }
  return entryOfValue(field, value);
}
