import { spawnSync } from 'node:child_process';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quoteHereJson, quoteJavaScript, quoteJson, quotePython, quoteShell } from './quote-text.ts';
import { hereDocument } from './shell-text.ts';
import { anyText } from './testing/any-text.ts';

const manyTexts = fc.array(anyText, { minLength: 20, maxLength: 60 });

function shell(program: string, script: string): string {
  return spawnSync(program, ['-c', script], { encoding: 'utf8' }).stdout;
}

describe('quoteShell', () => {
  it('gives bash every text as one word', () => {
    const property = fc.property(manyTexts, (texts) => {
      const words = texts.map(quoteShell).join(' ');
      expect(shell('bash', `printf '%s\\0' ${words}`)).toBe(texts.map((text) => `${text}\0`).join(''));
    });
    fc.assert(property, { numRuns: 10 });
  });

  it('leaves plain words as they are', () => {
    expect(quoteShell('http://127.0.0.1:3000/v1')).toBe('http://127.0.0.1:3000/v1');
    expect([quoteShell(''), quoteShell("it's")]).toEqual(["''", String.raw`'it'\''s'`]);
  });
});

describe('quoteHereJson', () => {
  it('gets every text through a here-document of bash', () => {
    const property = fc.property(manyTexts, (texts) => {
      const document = hereDocument(`[${texts.map(quoteHereJson).join(',')}]`);
      expect(JSON.parse(shell('bash', `cat ${document}`))).toEqual(texts);
    });
    fc.assert(property, { numRuns: 10 });
  });
});

describe('quoteJson and quoteJavaScript', () => {
  it('say every text, and hide no character', () => {
    const property = fc.property(anyText, (text) => {
      expect(JSON.parse(quoteJson(text))).toBe(text);
      expect(runInNewContext(quoteJavaScript(text))).toBe(text);
      expect(quoteJson(text) + quoteJavaScript(text) + quotePython(text)).not.toMatch(/[\p{Cc}\p{Cf}\u2028\u2029]/u);
    });
    fc.assert(property, { numRuns: 300 });
  });
});

describe('quotePython', () => {
  it('has no surrogates for a hidden character beyond 16 bits', () => {
    expect(quotePython('a\u{e0001}\u202e\n"')).toBe(String.raw`"a\U000e0001\u202e\n\""`);
  });
});
