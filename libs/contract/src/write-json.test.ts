import { describe, expect, it } from 'vitest';
import { parseJson } from './parse-json.ts';
import { writeJson, writeReadJson } from './write-json.ts';

describe('writeReadJson', () => {
  it('keeps a number that is too large one, wherever it is, and reads as it was read', () => {
    const value = { rows: [{ a: Infinity, b: [1, [-Infinity]], c: 2n ** 63n, d: null, e: 'Infinity', f: false }] };

    const text = writeReadJson(value);

    expect(text).toBe(
      '{"rows":[{"a":1e999,"b":[1,[-1e999]],"c":9223372036854775808,"d":null,"e":"Infinity","f":false}]}',
    );
    expect(parseJson(Buffer.from(text), { exactIntegers: true })).toEqual(value);
  });

  it('writes all else as writeJson does', () => {
    const value = { a: 1.5, b: [NaN, 'text', null], c: 2n ** 53n };

    expect(writeReadJson(value)).toBe(writeJson(value));
  });
});

describe('writeJson', () => {
  it.each([Infinity, -Infinity, NaN])('writes %d as null, also beside a bigint', (value) => {
    expect(writeJson([value])).toBe('[null]');
    expect(writeJson([value, 1n])).toBe('[null,1]');
  });
});
