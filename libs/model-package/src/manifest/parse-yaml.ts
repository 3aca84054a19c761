import { isAlias, isMap, isNode, isScalar, parseDocument, visit } from 'yaml';
import type { PackageProblem } from '../package-error.ts';

const maxBytes = 1_000_000;
const maxDepth = 32;

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
    const errors = [...document.errors, ...document.warnings].map(yamlError);
    const refused = errors.length > 0 ? errors : refusedSyntax(document);
    return refused.length > 0 ? failed(refused, file) : { value: document.toJS({ maxAliasCount: 0 }) };
  } catch (error) {
    // Deep nesting exhausts the parser's stack before its depth can be counted.
    if (error instanceof RangeError) return failed([`is nested deeper than ${maxDepth} levels`], file);
    throw error;
  }
}

function yamlError({ code, message }: { code: string; message: string }): string {
  if (code === 'MULTIPLE_DOCS') return 'holds several documents ("---"); keep one';
  return `is not YAML that is read here: ${message.split('\n')[0]!.replace(/:$/, '')}`;
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
