/** What a card is made of: a small, safe part of Markdown. HTML in it stays the text it is. */
export type Block =
  | { readonly kind: 'heading'; readonly level: number; readonly text: string }
  | { readonly kind: 'paragraph'; readonly text: string }
  | { readonly kind: 'quote'; readonly text: string }
  | { readonly kind: 'list'; readonly isOrdered: boolean; readonly items: readonly string[] }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'table'; readonly head: readonly string[]; readonly rows: readonly (readonly string[])[] }
  | { readonly kind: 'rule' };

const FENCE = /^\s*(```|~~~)/;
// Each reads a line once, whatever is in it: cards come with models from anywhere.
const HEADING = /^(#{1,6})\s(.*)$/s;
const ITEM = /^\s*(?:[-*+]|(\d+)[.)])\s(.*)$/s;
const RULE = /^\s*([-*_])(\s*\1){2,}\s*$/;
const QUOTE = /^\s*>\s?(.*)$/s;
const DIVIDER_CELL = /^:?-+:?$/;

export function parseMarkdown(source: string): readonly Block[] {
  const lines = source.replace(/\r\n?/g, '\n').split('\n');
  const blocks: Block[] = [];
  for (let at = 0; at < lines.length;) {
    if (lines[at]!.trim() === '') {
      at += 1;
      continue;
    }
    const { block, next } = readBlock(lines, at);
    blocks.push(block);
    at = next;
  }
  return blocks;
}

interface Read {
  readonly block: Block;
  /** The line after the block. */
  readonly next: number;
}

function readBlock(lines: readonly string[], at: number): Read {
  const line = lines[at]!;
  const heading = HEADING.exec(line);
  if (FENCE.test(line)) return readCode(lines, at);
  if (heading !== null) {
    return { block: { kind: 'heading', level: heading[1]!.length, text: withoutClosing(heading[2]!) }, next: at + 1 };
  }
  if (RULE.test(line)) return { block: { kind: 'rule' }, next: at + 1 };
  if (line.includes('|') && isDivider(lines[at + 1] ?? '')) return readTable(lines, at);
  if (ITEM.test(line)) return readList(lines, at);
  if (QUOTE.test(line)) return readQuote(lines, at);
  return readParagraph(lines, at);
}

function readCode(lines: readonly string[], at: number): Read {
  const fence = FENCE.exec(lines[at]!)![1]!;
  const end = lines.findIndex((line, index) => index > at && line.trim().startsWith(fence));
  const last = end === -1 ? lines.length : end;
  return { block: { kind: 'code', text: lines.slice(at + 1, last).join('\n') }, next: last + 1 };
}

function readTable(lines: readonly string[], at: number): Read {
  let next = at + 2;
  while (lines[next]?.includes('|')) next += 1;
  const head = cellsOf(lines[at]!);
  const rows = lines.slice(at + 2, next).map((line) => {
    const cells = cellsOf(line);
    return head.map((_, column) => cells[column] ?? '');
  });
  return { block: { kind: 'table', head, rows }, next };
}

function cellsOf(line: string): readonly string[] {
  const inner = line
    .trim()
    .replace(/^\|/, '')
    .replace(/(?<!\\)\|$/, '');
  return inner.split(/(?<!\\)\|/).map((cell) => cell.trim().replaceAll('\\|', '|'));
}

function readList(lines: readonly string[], at: number): Read {
  const isOrdered = ITEM.exec(lines[at]!)![1] !== undefined;
  const items: string[] = [];
  let next = at;
  for (; next < lines.length && lines[next]!.trim() !== ''; next += 1) {
    const item = ITEM.exec(lines[next]!);
    if (item !== null) items.push(item[2]!.trim());
    else if (startsBlock(lines[next]!)) break;
    else items.push(`${items.pop() ?? ''} ${lines[next]!.trim()}`);
  }
  return { block: { kind: 'list', isOrdered, items }, next };
}

function readQuote(lines: readonly string[], at: number): Read {
  let next = at;
  while (QUOTE.test(lines[next] ?? '')) next += 1;
  const text = lines.slice(at, next).map((line) => QUOTE.exec(line)![1]!);
  return { block: { kind: 'quote', text: text.join(' ').trim() }, next };
}

function readParagraph(lines: readonly string[], at: number): Read {
  let next = at + 1;
  while (next < lines.length && lines[next]!.trim() !== '' && !startsBlock(lines[next]!)) next += 1;
  return {
    block: {
      kind: 'paragraph',
      text: lines
        .slice(at, next)
        .map((line) => line.trim())
        .join(' '),
    },
    next,
  };
}

const startsBlock = (line: string): boolean =>
  [FENCE, HEADING, ITEM, RULE, QUOTE].some((pattern) => pattern.test(line));

const isDivider = (line: string): boolean =>
  line.includes('|') && cellsOf(line).every((cell) => DIVIDER_CELL.test(cell));

/** `Title ##` is `Title`. */
function withoutClosing(text: string): string {
  let end = text.trimEnd().length;
  while (text[end - 1] === '#') end -= 1;
  return text.slice(0, end).trim();
}
