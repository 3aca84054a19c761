import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { headingLevels } from './heading-levels.ts';
import { parseInline } from './parse-inline.ts';
import { parseMarkdown } from './parse-markdown.ts';
import { withoutTitle } from './without-title.ts';

describe('a card', () => {
  it('has headings, paragraphs, lists, tables, quotes, code and rules', () => {
    const source = [
      '# Title #',
      'One line,',
      'and its end.',
      '',
      '- first',
      '  goes on',
      '* second',
      '',
      '1. one',
      '2. two',
      '',
      '| a | b |',
      '|---|:-:|',
      '| 1 | x \\| y |',
      '| 2 |',
      '',
      '> said',
      '> so',
      '```py',
      '# code',
      '```',
      '---',
    ].join('\n');

    expect(parseMarkdown(source)).toEqual([
      { kind: 'heading', level: 1, text: 'Title' },
      { kind: 'paragraph', text: 'One line, and its end.' },
      { kind: 'list', isOrdered: false, items: ['first goes on', 'second'] },
      { kind: 'list', isOrdered: true, items: ['one', 'two'] },
      {
        kind: 'table',
        head: ['a', 'b'],
        rows: [
          ['1', 'x | y'],
          ['2', ''],
        ],
      },
      { kind: 'quote', text: 'said so' },
      { kind: 'code', text: '# code' },
      { kind: 'rule' },
    ]);
  });

  it('leaves HTML the text it is', () => {
    expect(parseMarkdown('<script>alert(1)</script>')).toEqual([
      { kind: 'paragraph', text: '<script>alert(1)</script>' },
    ]);
    expect(parseInline('<img src=x onerror=alert(1)>')).toEqual([
      { kind: 'text', text: '<img src=x onerror=alert(1)>' },
    ]);
  });

  it('reads any text to its end', () => {
    const line = fc.oneof(fc.string(), fc.constantFrom('```', '- x', '|a|', '|-|', '> q', '# h', '---', '1. n'));
    fc.assert(fc.property(fc.array(line), (lines) => void parseMarkdown(lines.join('\n'))));
  });

  it('has its headings in order on the page, however its writer counted', () => {
    const levelsOf = (source: string) => headingLevels(parseMarkdown(source), 3).filter((level) => level > 0);

    expect(levelsOf('## a\n### b\n## c')).toEqual([3, 4, 3]);
    expect(levelsOf('#### a\n# b\ntext\n###### c')).toEqual([3, 3, 4]);
    expect(levelsOf('# a\n## b\n### c\n#### d\n##### e')).toEqual([3, 4, 5, 6, 6]);
    expect(levelsOf('text')).toEqual([]);
  });

  it('goes without a heading that repeats the name of the model', () => {
    expect(withoutTitle('# `Penguins`\n\nWhich?', 'penguins')).toBe('Which?');
    expect(withoutTitle('# Other\nWhich?', 'penguins')).toBe('# Other\nWhich?');
  });
});

describe('a line of a card', () => {
  it('has code, emphasis and links', () => {
    expect(parseInline('a `b*c*` **d** *e* _f_ [g](https://h.example/(i)) \\*j')).toEqual([
      { kind: 'text', text: 'a ' },
      { kind: 'code', text: 'b*c*' },
      { kind: 'text', text: ' ' },
      { kind: 'strong', text: 'd' },
      { kind: 'text', text: ' ' },
      { kind: 'emphasis', text: 'e' },
      { kind: 'text', text: ' ' },
      { kind: 'emphasis', text: 'f' },
      { kind: 'text', text: ' ' },
      { kind: 'link', text: 'g', href: 'https://h.example/(i)' },
      { kind: 'text', text: ' ' },
      { kind: 'text', text: '*' },
      { kind: 'text', text: 'j' },
    ]);
  });

  it('links to the web and to mail only; of other links and of pictures the text stays', () => {
    for (const href of ['javascript:alert(1)', 'JaVaScRiPt:x', 'data:text/html,x', '../README.md', 'vbscript:x']) {
      expect(parseInline(`[text](${href})`).map(({ kind }) => kind)).not.toContain('link');
    }
    expect(parseInline('![alt](x.png)')).toEqual([{ kind: 'text', text: 'alt' }]);
  });

  it('leaves snake_case names and single stars alone', () => {
    expect(parseInline('bill_length_mm and 2 * 3 * 4')).toEqual([
      { kind: 'text', text: 'bill_length_mm and 2 * 3 * 4' },
    ]);
  });

  it('loses no letter of any text without marks', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z ,.]*$/), (line) => {
        expect(
          parseInline(line)
            .map(({ text }) => text)
            .join(''),
        ).toBe(line);
      }),
    );
  });
});
