import { parseArgs } from 'node:util';
import type { OptionKind } from './option-kinds.ts';

export type OptionTable = Readonly<Record<string, OptionKind<unknown> | 'flag'>>;

/** What the table's options are: of a flag whether it was given. */
export type OptionValues<Table extends OptionTable> = {
  readonly [Name in keyof Table]: Table[Name] extends OptionKind<infer Value> ? Value : boolean;
};

export type ParsedCommandLine<Table extends OptionTable> =
  { readonly values: OptionValues<Table> } | { readonly problems: readonly string[] };

/** Reads all words, and tells all that is wrong with them. */
export function parseCommandLine<Table extends OptionTable>(
  table: Table,
  words: readonly string[],
): ParsedCommandLine<Table> {
  const { given, problems } = sortOut(table, words);
  const values = Object.entries(table).map(([name, kind]) => {
    if (kind === 'flag') return [name, given.has(name)];
    const word = given.get(name) ?? kind.byDefault;
    const value = word === null ? undefined : kind.read(word);
    if (word !== null && value === undefined) problems.push(`--${name}: expected ${kind.expected}, got "${word}".`);
    return [name, value];
  });
  if (problems.length > 0) return { problems };
  return { values: Object.fromEntries(values) as OptionValues<Table> };
}

interface GivenWords {
  readonly given: ReadonlyMap<string, string>;
  readonly problems: string[];
}

/** Words by option; an option without its word has an empty one. */
function sortOut(table: OptionTable, words: readonly string[]): GivenWords {
  const isFlag = (name: string): boolean => table[name] === 'flag';
  const options = Object.fromEntries(
    Object.keys(table).map((name) => [name, { type: isFlag(name) ? 'boolean' : 'string' } as const]),
  );
  // Nx hands its own "--" on.
  const args = words.filter((word) => word !== '--');
  const { tokens } = parseArgs({ args, options, strict: false, allowPositionals: true, tokens: true });
  const given = new Map<string, string>();
  const problems: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') problems.push(`There is no option before "${token.value}".`);
    if (token.kind !== 'option') continue;
    if (!Object.hasOwn(table, token.name)) problems.push(`There is no option ${token.rawName}.`);
    else given.set(token.name, token.value ?? '');
  }
  return { given, problems };
}
