import { describe, expect, it } from 'vitest';
import { ContractError } from './contract-error.ts';
import { decodePredictBody } from './predict-request.ts';

const messageOf = (body: unknown): string => {
  try {
    decodePredictBody(body);
  } catch (error) {
    if (error instanceof ContractError && error.code === 'INVALID_REQUEST') return error.message;
    throw error;
  }
  throw new Error('expected a ContractError');
};

describe('decodePredictBody', () => {
  it('gives the rows as they came', () => {
    const rows = [{ a: 1 }, 'bare', null];

    expect(decodePredictBody({ rows })).toEqual({ rows });
  });

  it.each([
    [null, 'The body: expected an object with "rows", got null.'],
    [[{ a: 1 }], 'The body: expected an object with "rows", got an array.'],
    ['text', 'The body: expected an object with "rows", got a string.'],
    [{}, 'The body has no "rows".'],
    [{ rows: {} }, '"rows": expected an array, got an object.'],
    [{ rows: [] }, '"rows" is empty: expected at least one row.'],
    [
      { row: [] },
      'The body has no "rows". The body has an unknown key "row": only "rows" is known. Did you mean "rows"?',
    ],
    [{ rows: [1], id: 1 }, 'The body has an unknown key "id": only "rows" is known.'],
  ])('refuses %j and says what to send', (body, problem) => {
    expect(messageOf(body)).toBe(`${problem} Send {"rows": [{ … }, …]}.`);
  });

  it('guesses what other servers call rows', () => {
    for (const name of ['instances', 'inputs', 'data', 'Rows', 'rosw']) {
      expect(messageOf({ [name]: [] })).toContain('Did you mean "rows"?');
    }
    expect(messageOf({ island: 'Dream' })).not.toContain('Did you mean');
  });

  it('lists unknown keys shortened, and not without end', () => {
    const message = messageOf(
      Object.fromEntries(Array.from({ length: 1000 }, (_, at) => [`key${at}`.padEnd(300, 'x'), 1])),
    );

    expect(message.length).toBeLessThan(600);
    expect(message).toContain('and 995 more');
  });

  it('takes no inherited rows', () => {
    expect(messageOf(Object.create({ rows: [1] }))).toContain('no "rows"');
  });
});
