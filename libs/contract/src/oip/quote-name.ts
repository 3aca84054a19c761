import { quoteText } from '@web-single/tensor';

/** Names of up to this many harmless characters are shown whole. */
const maxLength = 64;
const maxListed = 20;

/** A name from outside in quotes: at most 64 characters of it, on one line, safe to print. */
export function quoteName(name: string): string {
  return name.length <= maxLength && /^[ !#-[\]-~]*$/.test(name) ? `"${name}"` : quoteText(name);
}

/** `"a", "b" and 28 more`; `none` for an empty list. */
export function listNames(names: readonly string[]): string {
  if (names.length === 0) return 'none';
  const listed = names.slice(0, maxListed).map(quoteName).join(', ');
  return names.length > maxListed ? `${listed} and ${names.length - maxListed} more` : listed;
}

/** `Input "x" of model "m"`; a decoder need not know the model. */
export function nameInput(name: string, modelName?: string): string {
  return modelName === undefined
    ? `Input ${quoteName(name)}`
    : `Input ${quoteName(name)} of model ${quoteName(modelName)}`;
}

export const nameOutput = (name: string, modelName: string): string =>
  `Output ${quoteName(name)} of model ${quoteName(modelName)}`;
