import { isAlias, isMap, isNode, isScalar, parseDocument, visit } from 'yaml';
import type { PackageProblem } from '../package-error.ts';

const maxBytes = 1_000_000;
const maxDepth = 32;

interface LinePosition {
  readonly line: number;
  readonly col: number;
}

export type ParsedYaml = { readonly value: unknown } | { readonly problems: readonly PackageProblem[] };

/** Parses YAML 1.2 core without tags, anchors, aliases and merge keys, below 1 MB and 32 levels. */
export function parseYaml(text: string, file: string): ParsedYaml {
  if (text.length > maxBytes) return failed([`is larger than ${maxBytes} characters`], file);
  try {
    const document = parseDocument(text, {
      schema: 'core',
      version: '1.2',
      merge: false,
      uniqueKeys: true,
      prettyErrors: true,
      // "silent" would also hide that there is a second document.
      logLevel: 'error',
    });
    const errors = [...document.errors, ...document.warnings].map((error) => yamlProblem(error, file));
    if (errors.length > 0) return { problems: firstOfEachPlace(errors) };
    const refused = refusedSyntax(document);
    return refused.length > 0 ? failed(refused, file) : { value: document.toJS({ maxAliasCount: 0 }) };
  } catch (error) {
    // Deep nesting exhausts the parser's stack before its depth can be counted.
    if (error instanceof RangeError) return failed([`is nested deeper than ${maxDepth} levels`], file);
    throw error;
  }
}

/** One mistake makes many complaints: the first at each place, and of those the first ten. */
function firstOfEachPlace(problems: readonly PackageProblem[]): PackageProblem[] {
  const byPlace = new Map<string, PackageProblem>();
  for (const problem of problems) if (!byPlace.has(problem.where)) byPlace.set(problem.where, problem);
  return [...byPlace.values()].slice(0, 10);
}

/** The parser's frequent complaints in words that say what to do. */
const sentences: Readonly<Record<string, string>> = {
  MULTIPLE_DOCS: 'A second document begins ("---"); keep one.',
  BLOCK_AS_IMPLICIT_KEY: 'A value that holds ": " must stand in quotes.',
  MULTILINE_IMPLICIT_KEY: 'A key has no ":" on its line.',
  DUPLICATE_KEY: 'The key is there twice; keep one.',
  TAB_AS_INDENT: 'The line is indented with a tab; use spaces.',
  BAD_INDENT: 'The line is not indented as those it belongs to, or a bracket above it is not closed.',
  MISSING_CHAR: 'A closing quote, bracket or brace is missing.',
  BAD_SCALAR_START: 'A value that begins with "@" or "`" must stand in quotes.',
  BAD_DQ_ESCAPE: 'A backslash in double quotes escapes nothing; use single quotes.',
};

function yamlProblem(
  error: { readonly code: string; readonly message: string; readonly linePos?: readonly LinePosition[] | undefined },
  file: string,
): PackageProblem {
  const [start] = error.linePos ?? [];
  const where = start === undefined ? file : `${file} line ${start.line}, column ${start.col}`;
  const [first = ''] = error.message.split('\n');
  const own = first.replace(/ at line \d+, column \d+:?$/, '');
  return { where, message: sentences[error.code] ?? `This is no YAML that is read here: ${own}.` };
}

function refusedSyntax(document: ReturnType<typeof parseDocument>): string[] {
  const found = new Set<string>();
  visit(document, (_key, node, path) => {
    if (isAlias(node)) found.add(`holds the alias "*${node.source}"; write the value out`);
    else if (isNode(node)) {
      if ('anchor' in node && node.anchor) found.add(`holds the anchor "&${node.anchor}"; anchors are not read`);
      if (node.tag !== undefined) found.add(`holds the tag "${node.tag}"; tags are not read`);
    }
    if (isMap(node)) for (const { key } of node.items) addKey(key, found);
    if (path.length > 2 * maxDepth) {
      found.add(`is nested deeper than ${maxDepth} levels`);
      return visit.BREAK;
    }
    return undefined;
  });
  return [...found];
}

function addKey(key: unknown, found: Set<string>): void {
  if (!isScalar(key)) found.add('has a key that is no plain text');
  else if (key.value === '__proto__') found.add('has the illegal key "__proto__"');
  else if (key.value === '<<') found.add('has a merge key "<<"; write the values out');
}

function failed(reasons: readonly string[], file: string): ParsedYaml {
  return { problems: reasons.map((reason) => ({ where: file, message: `The file ${reason}.` })) };
}
