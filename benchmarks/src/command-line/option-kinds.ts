import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { workspaceRoot } from '../server-process.ts';

/** One option of a command: how its word is read, and what to say of a word that cannot be. */
export interface OptionKind<Value> {
  /** Undefined for a word that is none. */
  readonly read: (word: string) => Value | undefined;
  readonly expected: string;
  /** As it would be written; `null` where the option may be left out, which is undefined then. */
  readonly byDefault: string | null;
  /** In place of the word, in the usage. */
  readonly sign: string;
}

export function optional<Value>(kind: OptionKind<Value>): OptionKind<Value | undefined> {
  return { ...kind, byDefault: null };
}

/** Between bounds, both included. */
export function wholeNumber(
  byDefault: string,
  { least = 1, most = 1_000_000 }: { least?: number; most?: number } = {},
): OptionKind<number> {
  const isOne = (value: number): boolean => Number.isInteger(value) && value >= least && value <= most;
  return { ...numberWhere(isOne), expected: `a whole number from ${least} to ${most}`, byDefault, sign: 'N' };
}

export function positiveNumber(byDefault: string): OptionKind<number> {
  const isOne = (value: number): boolean => Number.isFinite(value) && value > 0;
  return { ...numberWhere(isOne), expected: 'a number above 0', byDefault, sign: 'N' };
}

export function positiveNumbers(byDefault: string): OptionKind<readonly number[]> {
  const one = positiveNumber('');
  const read = (words: string): readonly number[] | undefined => {
    const values = words.split(',').map(one.read);
    return values.every((value) => value !== undefined) ? values : undefined;
  };
  return { read, expected: 'numbers above 0 with commas between', byDefault, sign: 'N,N' };
}

/** Some of a table's entries, in its order; all of them by default. */
export function someOf<Entry extends { readonly name: string }>(
  table: readonly Entry[],
): OptionKind<readonly Entry[] | undefined> {
  const names = table.map(({ name }) => name);
  const read = (words: string): readonly Entry[] | undefined => {
    const wanted = words.split(',').map((word) => word.trim());
    return wanted.every((word) => names.includes(word)) ? table.filter(({ name }) => wanted.includes(name)) : undefined;
  };
  return { read, expected: `names with commas between, of ${names.join(', ')}`, byDefault: null, sign: 'A,B' };
}

/** Seen from the workspace's folder; the word itself. */
export function packageFolder(byDefault: string): OptionKind<string> {
  const read = (word: string): string | undefined =>
    existsSync(join(resolve(workspaceRoot, word), 'golden.jsonl')) ? word : undefined;
  return { read, expected: 'a folder with a model package and its golden.jsonl', byDefault, sign: 'FOLDER' };
}

export function anyFolder(byDefault: string): OptionKind<string> {
  return { read: (word) => word || undefined, expected: 'a folder', byDefault, sign: 'FOLDER' };
}

function numberWhere(isOne: (value: number) => boolean): Pick<OptionKind<number>, 'read'> {
  return {
    read: (word) => {
      const value = word.trim() === '' ? NaN : Number(word);
      return isOne(value) ? value : undefined;
    },
  };
}
