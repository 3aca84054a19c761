import { describe, expect, it } from 'vitest';
import { ERROR_CODES } from './error-catalog.ts';
import { problemSchema, toProblem } from './problem.ts';

describe('toProblem', () => {
  it('makes a valid problem of every code', () => {
    for (const code of ERROR_CODES) {
      const problem = toProblem(code, { requestId: 'r-1' });

      expect(problemSchema.parse(problem)).toEqual(problem);
      expect(problem.code).toBe(code);
    }
  });

  it('carries details and when to retry', () => {
    const details = [{ row: 1, field: 'sex', expected: '"female" or "male"', got: '"x" (string)', hint: 'Look.' }];

    const problem = toProblem('INPUT_MISMATCH', {
      detail: 'Row 1 is wrong.',
      requestId: 'r',
      details,
      retryAfterMs: 5,
    });

    expect(problem).toMatchObject({ status: 422, detail: 'Row 1 is wrong.', details, retryAfterMs: 5 });
  });

  it('leaves out what there is not', () => {
    expect(Object.keys(toProblem('INTERNAL', { requestId: 'r' }))).toEqual([
      'type',
      'title',
      'status',
      'detail',
      'code',
      'requestId',
    ]);
  });
});
