import { tensor } from '@web-single/tensor';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkRows } from './check-rows.ts';
import type { Signature } from './signature.ts';
import { checkedRow, problemsOf } from './testing/check-one.ts';
import { digits, matrix, penguins } from './testing/penguins.ts';

const good = { island: 'Dream', bill_length_mm: 39.1, year: 2008 };

describe('checkRows', () => {
  it('gives good rows back with every field in declaration order', () => {
    const row = checkedRow(penguins, { year: 2008, island: 'Dream' });

    expect(row).toEqual({ island: 'Dream', bill_length_mm: null, year: 2008 });
    expect(Object.keys(row ?? {})).toEqual(['island', 'bill_length_mm', 'year']);
    expect(checkedRow(penguins, { ...good, bill_length_mm: null })).toMatchObject({ bill_length_mm: null });
  });

  it('answers each row by itself', () => {
    const checks = checkRows(penguins, [good, { ...good, year: 1.5 }, good]);

    expect(checks.map((check) => 'row' in check)).toEqual([true, false, true]);
    expect(checks[1]).toEqual({ problems: [{ row: 1, field: 'year', expected: 'integer', got: '1.5' }] });
  });

  it('tells all problems of a row at once', () => {
    expect(problemsOf(penguins, { island: 'dream ', bill_length_mm: '39.1', yaer: 2008 })).toEqual([
      {
        row: 0,
        field: 'island',
        expected: 'one of "Biscoe", "Dream", "Torgersen"',
        got: '"dream " (string)',
        hint: 'Did you mean "Dream"?',
      },
      {
        row: 0,
        field: 'bill_length_mm',
        expected: 'number from 25 to 65 (mm)',
        got: '"39.1" (string)',
        hint: 'Send the number without quotes.',
      },
      { row: 0, field: 'year', expected: 'integer', got: 'nothing: the field is missing' },
      { row: 0, field: 'yaer', expected: 'no field of this name', got: '2008', hint: 'Did you mean "year"?' },
    ]);
  });

  it('lists the fields where no name is near', () => {
    expect(problemsOf(penguins, { ...good, colour: 'black' })[0]?.hint).toBe(
      'The fields are "island", "bill_length_mm", "year".',
    );
  });

  it('refuses null where the field is not optional', () => {
    expect(problemsOf(penguins, { ...good, year: null })).toMatchObject([{ field: 'year', got: 'null' }]);
  });

  it.each([[null], ['Dream'], [3], [[good]], [new Date(0)], [new Map()], [new Uint8Array(2)]])(
    'refuses a row that is no plain object: %s',
    (row) => {
      expect(problemsOf(penguins, row)).toMatchObject([
        { row: 0, field: '', expected: /object with the fields "island"/ },
      ]);
    },
  );

  it('takes names of the language for unknown fields', () => {
    const row: unknown = JSON.parse('{"island":"Dream","year":1,"__proto__":{"year":2},"constructor":1,"toString":1}');

    expect(problemsOf(penguins, row).map(({ field, expected }) => [field, expected])).toEqual([
      ['__proto__', 'no field of this name'],
      ['constructor', 'no field of this name'],
      ['toString', 'no field of this name'],
    ]);
  });

  it('finds a field with a name of the language only where the row itself has it', () => {
    const text = { type: 'text' } as const;
    const odd: Signature = { input: { constructor: text, toString: text }, output: {} };

    expect(problemsOf(odd, {})).toHaveLength(2);
    expect(Object.entries(checkedRow(odd, { constructor: 'a', toString: 'b' }) ?? {})).toEqual([
      ['constructor', 'a'],
      ['toString', 'b'],
    ]);
  });

  it('does not read inherited values', () => {
    const row = Object.assign(Object.create(null), { island: 'Dream' }) as object;

    expect(checkedRow(penguins, Object.assign(row, { year: 1 }))).toBeDefined();
    expect(problemsOf(penguins, Object.create(good))).toMatchObject([{ field: '' }]);
  });

  it('quotes, escapes and cuts names that do not belong in a line', () => {
    const [problem] = problemsOf(penguins, { ...good, ['a\n\u202e'.repeat(40)]: 1 });

    expect(problem?.field).toMatch(/^"a\\u\{a\}\\u\{202e\}.{10,50}…"$/);
  });

  it('stops at maxProblems, but tells each bad row at least one', () => {
    const wide = Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`column_${index}`, 0]));

    const checks = checkRows(penguins, [wide, {}, { year: 'x' }], { maxProblems: 5 });

    expect(checks.map((check) => 'problems' in check && check.problems.length)).toEqual([5, 1, 1]);
  });

  it('guesses what was meant for the first few problems only', () => {
    const checks = checkRows(penguins, Array(100).fill({ ...good, island: 'dream' }), { maxProblems: 1000 });

    const hints = checks.map((check) => ('problems' in check ? check.problems[0]?.hint : undefined));
    expect(hints.filter((hint) => hint !== undefined)).toHaveLength(20);
    expect(hints.slice(0, 20).every((hint) => hint === 'Did you mean "Dream"?')).toBe(true);
  });

  it('gives no rows for none', () => {
    expect(checkRows(penguins, [])).toEqual([]);
  });
});

describe('bare rows', () => {
  it('are the value of the one field', () => {
    const x = tensor('float32', [2, 1], new Float32Array([1, 2]));

    expect(checkedRow(matrix, [[1], [2]])).toEqual({ x });
    expect(checkedRow(matrix, { x: [[1], [2]] })).toEqual({ x });
    expect(checkedRow(matrix, x)).toEqual({ x });
  });

  it('name the field in their problems', () => {
    expect(problemsOf(matrix, [[1], ['2']])).toMatchObject([{ field: 'x[1][0]', got: '"2" (string)' }]);
    expect(problemsOf(matrix, null)).toMatchObject([
      {
        field: '',
        expected: 'object with the fields "x", or the bare value (nested array, float32 [2, n])',
        got: 'null',
      },
    ]);
  });

  it('are called an array where they have one dimension, nested only where they have more', () => {
    const input = { x: { type: 'tensor', dtype: 'float32', dims: [13] } } as const;
    const vector: Signature = { input, output: {}, bareInput: 'x' };
    expect(problemsOf(vector, null)).toMatchObject([{ expected: expect.stringContaining('(array, float32 [13])') }]);
  });

  it('may be the bytes of an image', () => {
    const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

    expect(checkedRow(digits, png)?.['image']).toBe(png);
  });
});

describe('properties', () => {
  it('never throws for any JSON value, and answers every row', () => {
    const signatures = fc.constantFrom(penguins, digits, matrix);

    fc.assert(
      fc.property(signatures, fc.array(fc.oneof(fc.jsonValue(), fc.anything())), (signature, rows) => {
        const checks = checkRows(signature, rows);
        expect(checks).toHaveLength(rows.length);
        for (const check of checks) if ('problems' in check) expect(check.problems.length).toBeGreaterThan(0);
      }),
      { seed: 1, numRuns: 1000 },
    );
  });

  const goodRow = fc.record({
    island: fc.constantFrom('Biscoe', 'Dream', 'Torgersen'),
    bill_length_mm: fc.option(fc.double({ min: 25, max: 65, noNaN: true })),
    year: fc.maxSafeInteger(),
  });

  it('gives values that pass back unchanged', () => {
    fc.assert(
      fc.property(goodRow, (row) => {
        expect(checkedRow(penguins, row)).toEqual(row);
      }),
      { seed: 2 },
    );
  });

  it('gives the same row whatever the order of its fields', () => {
    const permuted = goodRow.chain((row) =>
      fc.tuple(fc.constant(row), fc.shuffledSubarray(Object.entries(row), { minLength: 3 })),
    );

    fc.assert(
      fc.property(permuted, ([row, entries]) => {
        expect(JSON.stringify(checkedRow(penguins, Object.fromEntries(entries)))).toBe(JSON.stringify(row));
      }),
      { seed: 3 },
    );
  });
});
