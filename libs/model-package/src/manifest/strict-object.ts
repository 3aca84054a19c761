import { nearestName } from '@web-single/tensor';
import { z } from 'zod';

/** An object whose unknown keys are errors that offer the key that was probably meant. */
export function strictObject<Shape extends z.core.$ZodShape>(shape: Shape) {
  return z.strictObject(shape, {
    error: (issue) => (issue.code === 'unrecognized_keys' ? unknownKeys(issue.keys, Object.keys(shape)) : undefined),
  });
}

/** One sentence per unknown key, in the keys' order, separated by newlines. */
export function unknownKeys(keys: readonly string[], legal: readonly string[]): string {
  return keys.map((key) => unknownKey(key, legal)).join('\n');
}

function unknownKey(key: string, legal: readonly string[]): string {
  const nearest = nearestName(key, legal) ?? legal.find((name) => sharesStart(name, key));
  return nearest === undefined
    ? `Unknown key; expected ${legal.join(', ')}.`
    : `Unknown key, did you mean "${nearest}"?`;
}

/** `maximum` for `max`, `sha` for `sha256`. */
function sharesStart(name: string, key: string): boolean {
  return key.length >= 3 && name.length >= 3 && (name.startsWith(key) || key.startsWith(name));
}
