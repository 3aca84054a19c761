import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newNumbers, NumberRuns } from './json-numbers.ts';
import { openJson } from './parse-json.ts';

const number = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => JSON.stringify(value)),
  fc.integer().map(String),
  fc.constantFrom('-0', '1E5', '0.1e-7', '9007199254740993', '-9007199254740993', '1e300', '1e999'),
);
const other = fc.constantFrom('"a,]1"', 'null', '{"a":[1,2],"b":3}', '[]', '[1.5,2]', '["x"]', 'true');
/** Long stretches of numbers, and between them whatever else may stand in an array. */
const elements = fc
  .array(fc.tuple(fc.array(number, { maxLength: 400 }), fc.option(other)), { minLength: 1, maxLength: 6 })
  .map((parts) => parts.flatMap(([numbers, value]) => [...numbers, ...(value === null ? [] : [value])]));

function read(text: string, exactIntegers: boolean): unknown {
  const reader = openJson(Buffer.from(text), { exactIntegers });
  while (!reader.read(300));
  return reader.value;
}

/** As `JSON.parse`, but integers of at most 20 digits exactly. */
function parseExactly(text: string): unknown {
  return JSON.parse(text, (_, value: unknown, context?: { source?: string }) =>
    context?.source !== undefined && /^-?\d{1,20}$/.test(context.source) && !Number.isSafeInteger(value)
      ? BigInt(context.source)
      : value,
  );
}

describe('numbers in long arrays', () => {
  it('are what the native parser says, whatever stands between them, and integers exact where that is asked', () => {
    fc.assert(
      fc.property(elements, fc.constantFrom(',', ', ', '\n    ,\t'), (parts, comma) => {
        const text = `{"before":[${parts.join(comma)}],"nested":[[${parts.join(comma)}],[${parts.join(comma)}]]}`;

        expect(read(text, false)).toEqual(JSON.parse(text));
        expect(read(text, true)).toEqual(parseExactly(text));
      }),
      { seed: 3, numRuns: 200 },
    );
  });
});

describe('NumberRuns', () => {
  const numbers = Array.from({ length: 10_000 }, (_, index) => index / 7);

  it('takes some thousand characters at a time, up to the comma behind the last whole number', () => {
    const text = `[${numbers.join(',')}]`;
    const runs = new NumberRuns(text, true);
    const taken = newNumbers();

    const end = runs.take(1, taken);

    expect(text[end]).toBe(',');
    expect(taken).toEqual(numbers.slice(0, taken.length));
    expect(taken.length).toBeGreaterThan(500);
    expect(end).toBeLessThan(20_000);
  });

  it('tries no part again of a stretch that holds anything else', () => {
    const text = `[${numbers.slice(0, 300).join(',')},"x",${numbers.join(',')}]`;
    const behind = text.indexOf('"x",') + 4;
    const runs = new NumberRuns(text, true);

    expect(runs.take(1, [])).toBe(1);
    expect(runs.take(behind, [])).toBe(behind);
    expect(new NumberRuns(text, true).take(behind, [])).toBeGreaterThan(behind);
    expect(runs.take(text.indexOf(',', 20_000) + 1, [])).toBeGreaterThan(30_000);
  });

  it('does not look for a number behind more spaces than a turn should skip', () => {
    const text = `[${' '.repeat(1_000)}${numbers.join(',')}]`;

    expect(new NumberRuns(text, true).take(1, [])).toBe(1);
    expect(new NumberRuns(text, true).take(900, [])).toBeGreaterThan(10_000);
  });

  it('leaves an array that has few numbers to be read one by one', () => {
    expect(new NumberRuns('[1,2,3]', false).take(1, [])).toBe(1);
  });
});
