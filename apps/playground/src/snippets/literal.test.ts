import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { javaScript, json, python } from './dialects.ts';
import { code, printLiteral, toLiteral } from './literal.ts';

const anyValue = fc.jsonValue({ maxDepth: 3 });

describe('printLiteral', () => {
  it('prints JSON that reads as the value, -0 with its sign', () => {
    const property = fc.property(anyValue, (value) => {
      expect(JSON.parse(printLiteral(toLiteral(value), json))).toEqual(value);
    });
    fc.assert(property, { numRuns: 200 });
  });

  it('prints expressions of JavaScript for the value', () => {
    const property = fc.property(anyValue, (value) => {
      const read: unknown = runInNewContext(`JSON.stringify(${printLiteral(toLiteral(value), javaScript)})`);
      expect(read).toBe(JSON.stringify(value));
    });
    fc.assert(property, { numRuns: 200 });
  });

  it('keeps the field __proto__ a field', () => {
    const row = new Map([['__proto__', 1]]);
    expect(printLiteral(row, javaScript)).toBe("{ ['__proto__']: 1 }");
  });

  it('says in Python what has no JSON, and what has other words', () => {
    const values = [NaN, Infinity, -Infinity, -0, null, true, false, 1e21, 12345678901234567890n, 'ü'];
    expect(printLiteral(values, python)).toBe(
      '[np.nan, np.inf, -np.inf, -0.0, None, True, False, 1e+21, 12345678901234567890, "ü"]',
    );
  });

  it('breaks lines where one would be long, but for lists of scalars', () => {
    const value = new Map<string, readonly number[] | ReturnType<typeof code>>([
      ['numbers', Array.from({ length: 40 }, (_, index) => index)],
      ['file', code('read()')],
    ]);
    expect(printLiteral(value, python).split('\n')).toEqual([
      '{',
      expect.stringMatching(/^ {2}"numbers": \[0, 1, .*, 39\],$/),
      '  "file": read(),',
      '}',
    ]);
    expect(printLiteral(new Map([['a', new Map([['b', 1]])]]), json)).toBe('{"a": {"b": 1}}');
  });
});

describe('toLiteral', () => {
  it('takes typed arrays as lists, and what no language knows as missing', () => {
    expect(toLiteral([Float32Array.of(1, 2), undefined, () => 1])).toEqual([[1, 2], null, null]);
  });
});
