/** A piece of a line. Links lead to http, https and mail only; any other keeps its text alone. */
export type Span =
  | { readonly kind: 'text' | 'code' | 'strong' | 'emphasis'; readonly text: string }
  | { readonly kind: 'link'; readonly text: string; readonly href: string };

const PATTERN = new RegExp(
  [
    /(?<ticks>`+)(?<code>.+?)\k<ticks>(?!`)/,
    /!?\[(?<text>[^\]]*)\]\((?<href>[^()\s]*(?:\([^()\s]*\)[^()\s]*)*)(?:\s+"[^"]*")?\)/,
    /\*\*(?<strong>[^*]+)\*\*/,
    /(?<![\w*])\*(?<star>[^*\s][^*]*)\*(?![\w*])/,
    /(?<!\w)_(?<line>[^_\s][^_]*)_(?!\w)/,
    /<(?<auto>https?:\/\/[^\s<>]+)>/,
    /\\(?<escaped>[\\`*_{}[\]()#+\-.!|<>])/,
  ]
    .map(({ source }) => source)
    .join('|'),
  'g',
);

/** No line of a card that someone wrote is longer; of one that is, the patterns would take too long. */
const LONGEST_LINE = 5000;

export function parseInline(line: string): readonly Span[] {
  if (line.length > LONGEST_LINE) return [{ kind: 'text', text: line }];
  const spans: Span[] = [];
  let from = 0;
  for (const match of line.matchAll(PATTERN)) {
    if (match.index > from) spans.push({ kind: 'text', text: line.slice(from, match.index) });
    spans.push(spanOf(match.groups ?? {}));
    from = match.index + match[0].length;
  }
  if (from < line.length) spans.push({ kind: 'text', text: line.slice(from) });
  return spans;
}

function spanOf(groups: Readonly<Record<string, string | undefined>>): Span {
  const { code, text = '', href, strong, star, line, auto, escaped } = groups;
  if (code !== undefined) return { kind: 'code', text: code.trim() };
  if (auto !== undefined) return { kind: 'link', text: auto, href: auto };
  if (href !== undefined) return isSafe(href) ? { kind: 'link', text, href } : { kind: 'text', text };
  if (strong !== undefined) return { kind: 'strong', text: strong };
  if (escaped !== undefined) return { kind: 'text', text: escaped };
  return { kind: 'emphasis', text: star ?? line ?? '' };
}

const isSafe = (href: string): boolean => /^(https?:\/\/|mailto:)/i.test(href);
