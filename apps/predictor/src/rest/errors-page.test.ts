import { ERROR_CODES, problemType } from '@web-single/contract';
import { describe, expect, it } from 'vitest';
import { ERRORS_PAGE } from './errors-page.ts';

describe('the errors page', () => {
  it.each(ERROR_CODES)('has the anchor that the type of %s points to', (code) => {
    const [path, anchor] = problemType(code).split('#');
    expect(path).toBe('/docs/errors');
    expect(ERRORS_PAGE).toContain(`id="${anchor}"`);
  });
});
