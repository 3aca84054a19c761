import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ERROR_CATALOG, ERROR_CODES } from './error-catalog.ts';
import { writeErrorsPage } from './errors-page.ts';
import { problemType } from './problem.ts';

const page = new URL('../../../docs/errors.md', import.meta.url);

describe('docs/errors.md', () => {
  if (process.env['UPDATE'] === '1') writeFileSync(page, writeErrorsPage());
  const text = readFileSync(page, 'utf8');

  it('is what the catalogue writes', () => {
    expect(text).toBe(writeErrorsPage());
  });

  it('documents every code of the catalogue, and no other', () => {
    const headings = [...text.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading);

    expect(headings).toEqual(ERROR_CODES);
  });

  it('tells the statuses of the catalogue', () => {
    for (const code of ERROR_CODES) {
      const row = text.split('\n').find((line) => line.startsWith(`| [${code}]`));

      expect(row?.split('|')[2]?.trim()).toBe(String(ERROR_CATALOG[code].httpStatus));
    }
  });

  it('has the anchor that the type of a problem points to', () => {
    expect(problemType('INPUT_MISMATCH')).toBe('/docs/errors#input_mismatch');
    expect(text).toContain('](#input_mismatch)');
  });
});
