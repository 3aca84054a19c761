import type { Link } from './link.ts';

/** The link a hash stands for; null where it is none. What is no JSON in it is dropped: links come from anywhere. */
export function decodeLink(hash: string): Link | null {
  const match = /^#\/([^@?]+)(?:@([^?]*))?(?:\?(.*))?$/s.exec(hash);
  if (match === null) return null;
  const [, name = '', version, query] = match;
  const model = unescapeText(name);
  if (model === undefined) return null;
  return {
    model,
    version: version === undefined ? undefined : unescapeText(version),
    input: query === undefined ? undefined : decodeInput(query),
  };
}

function decodeInput(query: string): Readonly<Record<string, unknown>> {
  const entries = query.split('&').flatMap((part): [string, unknown][] => {
    const at = part.indexOf('=');
    const field = unescapeText(part.slice(0, at));
    const text = unescapeText(part.slice(at + 1));
    if (at < 0 || field === undefined || text === undefined || isDeep(text)) return [];
    try {
      return [[field, JSON.parse(text)]];
    } catch {
      return [];
    }
  });
  return Object.fromEntries(entries);
}

function unescapeText(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

const DEEPEST = 64;

/** Whether its brackets go deeper than any tensor: what walks through it would run out of stack. */
function isDeep(text: string): boolean {
  let depth = 0;
  for (const character of text) {
    if (character === '[' || character === '{') depth += 1;
    else if (character === ']' || character === '}') depth -= 1;
    if (depth > DEEPEST) return true;
  }
  return false;
}
