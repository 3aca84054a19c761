import { describe, expect, it } from 'vitest';
import { parseInline } from './card/parse-inline.ts';
import { parseMarkdown } from './card/parse-markdown.ts';
import { entryOfValue } from './fields/entry-of-value.ts';
import { firstDraft } from './fields/first-draft.ts';
import { rowOfDraft } from './fields/value-of-entry.ts';
import { decodeLink } from './permalink/decode-link.ts';
import type { ModelDescription } from './server/model-description.ts';
import { hereDocument } from './snippets/shell-text.ts';
import { readCsv } from './table/read-csv.ts';

/** What links, models and tables from anywhere may hold. */
describe('hostile input', () => {
  it('takes no file name from a link that would be more than a name, nor base64 that is none', () => {
    const names = ['a.png', 'x\nEOF\ntouch y', '../a.png', 'a\u001b[0m.png'].map(
      (fileName) => entryOfValue({ type: 'image' }, { base64: 'iVBOR', fileName }).picture?.fileName,
    );

    expect(names).toEqual(['a.png', 'picture.png', 'picture.png', 'picture.png']);
    expect(entryOfValue({ type: 'image' }, { base64: "iVBOR')); x((('" }).picture).toBeUndefined();
  });

  it('ends a here-document where its text ends', () => {
    expect(hereDocument('a\nEOF\nb')).toBe('<<EOF_\na\nEOF\nb\nEOF_');
  });

  it('drops what is too deep from a link', () => {
    expect(decodeLink(`#/m?a=${'['.repeat(3000)}${']'.repeat(3000)}&b=[[1]]`)?.input).toEqual({ b: [[1]] });
  });

  it('fills no form with a tensor of millions', () => {
    const signature = { input: { x: { type: 'tensor', dtype: 'float32', dims: [1_000_000_000] } }, output: {} };
    const draft = firstDraft({ signature, examples: [] } as unknown as ModelDescription);

    expect(draft['x']?.text).toBe('');
  });

  it('sends fields whatever their names are', () => {
    const input = Object.fromEntries(['__proto__', 'constructor'].map((name) => [name, { type: 'number' as const }]));
    const draft = Object.fromEntries(
      ['__proto__', 'constructor'].map((name) => [name, { isLeftOut: false, text: '1' }]),
    );

    expect(Object.entries(rowOfDraft(input, draft).row)).toEqual([
      ['__proto__', 1],
      ['constructor', 1],
    ]);
  });

  it('reads lines that patterns would go over again and again', () => {
    expect(parseMarkdown(`# ${' '.repeat(100_000)}x\u2028y ##`)).toEqual([
      { kind: 'heading', level: 1, text: 'x\u2028y' },
    ]);
    expect(parseMarkdown(`a|b\n${'-'.repeat(50_000)}|${' '.repeat(50_000)}x`)).toMatchObject([{ kind: 'paragraph' }]);
    expect(parseInline(`**bold** ${'['.repeat(100_000)}`)).toMatchObject([{ kind: 'text' }]);
  });

  it('reads a table of one column, quoted or not', () => {
    expect(readCsv('text\n"great, love it"\nplain, too\n"a ""b""\nc"\n')).toEqual({
      columns: ['text'],
      records: [['great, love it'], ['plain, too'], ['a "b"\nc']],
    });
  });
});
