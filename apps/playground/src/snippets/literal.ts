const CODE = Symbol('code');

/** An expression that stands in a literal as it is. */
export interface Code {
  readonly [CODE]: string;
}

export type Scalar = null | boolean | number | bigint | string;

/** A value to write down; objects are maps, so that every name and its place is kept. */
export type Literal = Scalar | Code | readonly Literal[] | ReadonlyMap<string, Literal>;

/** How a language writes values. */
export interface Dialect {
  readonly words: Readonly<Record<'null' | 'true' | 'false' | 'NaN' | 'Infinity' | '-Infinity' | '-0', string>>;
  /** Between a brace and what it holds, on one line. */
  readonly padding: '' | ' ';
  /** Behind the last of several lines. */
  readonly trailing: '' | ',';
  readonly quote: (text: string) => string;
  readonly key: (name: string) => string;
}

const WIDTH = 100;

export function code(text: string): Code {
  return { [CODE]: text };
}

/** A value of a row as a literal; typed arrays become lists, what no language knows becomes null. */
export function toLiteral(value: unknown): Literal {
  if (value === null || value === undefined) return null;
  if (Array.isArray(value)) return value.map(toLiteral);
  if (ArrayBuffer.isView(value)) return Array.from(value as unknown as Iterable<number>);
  if (typeof value !== 'object') return isScalar(value) ? value : null;
  return new Map(Object.entries(value).map(([name, inner]) => [name, toLiteral(inner)]));
}

export function isScalar(value: unknown): value is Scalar {
  return value === null || ['boolean', 'number', 'bigint', 'string'].includes(typeof value);
}

/** On one line where that is short, or holds nothing but scalars in a list; else one line for each entry. */
export function printLiteral(value: Literal, dialect: Dialect, indent = ''): string {
  if (isScalar(value)) return printScalar(value, dialect);
  if (CODE in value) return value[CODE];
  const inner = `${indent}  `;
  const isList = Array.isArray(value);
  const entries = isList
    ? value.map((item: Literal) => printLiteral(item, dialect, inner))
    : Array.from(value as ReadonlyMap<string, Literal>, ([name, item]) => printEntry(name, item, dialect, inner));
  const [open, close] = isList ? ['[', ']'] : ['{', '}'];
  const padding = isList || entries.length === 0 ? '' : dialect.padding;
  const line = `${open}${padding}${entries.join(', ')}${padding}${close}`;
  const isShort = !line.includes('\n') && indent.length + line.length <= WIDTH;
  if (isShort || (isList && value.every(isScalar))) return line;
  return `${open}\n${inner}${entries.join(`,\n${inner}`)}${dialect.trailing}\n${indent}${close}`;
}

function printEntry(name: string, item: Literal, dialect: Dialect, indent: string): string {
  return `${dialect.key(name)}: ${printLiteral(item, dialect, indent)}`;
}

function printScalar(value: Scalar, { words, quote }: Dialect): string {
  if (typeof value === 'string') return quote(value);
  const text = Object.is(value, -0) ? '-0' : String(value);
  return Object.hasOwn(words, text) ? words[text as keyof Dialect['words']] : text;
}
