import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ContractError } from './contract-error.ts';
import { openJson, parseJson, type ParseJsonOptions } from './parse-json.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

const failure = (body: Uint8Array | string, options: ParseJsonOptions = {}): ContractError => {
  try {
    parseJson(typeof body === 'string' ? bytes(body) : body, options);
  } catch (error) {
    if (error instanceof ContractError) return error;
    throw error;
  }
  throw new Error('expected a ContractError');
};

describe('parseJson', () => {
  it('parses what JSON.parse parses', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 8 }), (value) => {
        expect(parseJson(bytes(JSON.stringify(value)))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
      { seed: 3, numRuns: 300 },
    );
  });

  it.each([
    ['an empty body', '', 'The body is empty: expected JSON.'],
    ['text that is no JSON', 'secret', 'The body is not valid JSON at position 0.'],
    ['a body that is cut short', '{"rows":[1', 'The body is not valid JSON at position 10.'],
    ['trailing bytes', '{} x', 'The body is not valid JSON at position 3.'],
    ['a trailing comma', '[1,]', 'The body is not valid JSON at position 3.'],
    ['NaN', '{"a":NaN}', 'The body is not valid JSON at position 5.'],
    ['single quotes', "{'a':1}", 'The body is not valid JSON at position 1.'],
    ['a leading zero', '[01]', 'The body is not valid JSON at position 2.'],
    ['a control character in a string', '["a\nb"]', 'The body is not valid JSON at position 3.'],
    ['a wrong escape', '["ab\\x"]', 'The body is not valid JSON at position 4.'],
    ['a missing colon', '{"a" 1}', 'The body is not valid JSON at position 5.'],
    ['a bracket of the wrong kind', '[1}', 'The body is not valid JSON at position 2.'],
    ['a number that ends with its point', '[1.]', 'The body is not valid JSON at position 2.'],
    ['an exponent without digits', '[1e+]', 'The body is not valid JSON at position 2.'],
    ['a lone minus', '[-]', 'The body is not valid JSON at position 1.'],
    ['a short \\u escape', '["\\u12g4"]', 'The body is not valid JSON at position 2.'],
    ['a bracket that was never opened', ']', 'The body is not valid JSON at position 0.'],
    ['a name twice', '{"a":1,"b":2,"a":3}', 'The body has a name twice in one object, at position 13.'],
    ['a name twice, once escaped', '{"a":1,"\\u0061":3}', 'The body has a name twice in one object, at position 7.'],
    ['__proto__ twice', '{"__proto__":1,"__proto__":2}', 'The body has a name twice in one object, at position 15.'],
    ['a byte order mark', '\ufeff{}', 'The body starts with a byte order mark: send UTF-8 without one.'],
  ])('refuses %s', (_what, body, message) => {
    expect(failure(body)).toMatchObject({ code: 'INVALID_REQUEST', message });
  });

  it('refuses bytes that are no UTF-8', () => {
    expect(failure(new Uint8Array([0x22, 0xff, 0x22])).message).toBe('The body is not valid UTF-8.');
    expect(failure(new Uint8Array([0xff, 0xfe, 0x7b, 0, 0x7d, 0])).message).toBe('The body is not valid UTF-8.');
  });

  it('refuses 400,000 levels by the depth cap, with no word of the stack', () => {
    expect(failure('['.repeat(400_000)).message).toBe(
      'The JSON nesting depth exceeds maximum allowed limit (64) at position 64.',
    );
  });

  it('parses exactly the depth that is allowed, and counts no brackets in strings', () => {
    expect(parseJson(bytes('['.repeat(64) + ']'.repeat(64)))).toBeInstanceOf(Array);
    expect(parseJson(bytes(JSON.stringify(['['.repeat(200), '\\"[{'])))).toEqual(['['.repeat(200), '\\"[{']);
  });

  it('keeps the digits of large integers where asked to', () => {
    const body = bytes('{"id":9007199254740993,"x":0.12345678901234567,"n":-12,"text":"9007199254740993"}');

    expect(parseJson(body, { exactIntegers: true })).toEqual({
      id: 9007199254740993n,
      x: Number('0.12345678901234567'),
      n: -12,
      text: '9007199254740993',
    });
    expect(parseJson(body)).toMatchObject({ id: 2 ** 53 });
  });

  it('refuses more rows and more values than are allowed, without reading on', () => {
    const rows = `{"rows":[${'1,'.repeat(1000)}`;

    expect(failure(rows, { maxRows: 10 })).toMatchObject({ code: 'PAYLOAD_TOO_LARGE' });
    expect(failure(rows, { maxRows: 10 }).message).toBe('The request has more than 10 rows: split it.');
    expect(failure(rows, { maxValues: 10 }).message).toBe('The body has more than 10 values: split it.');
    expect(parseJson(bytes('{"rows":[[1,2,3],2]}'), { maxRows: 2 })).toEqual({ rows: [[1, 2, 3], 2] });
  });

  it('skips so many spaces a time, not all of them at once', () => {
    const reader = openJson(bytes(`[1,${' '.repeat(1000)}2]${' '.repeat(1000)}`));
    let times = 1;
    while (!reader.read(2)) times += 1;

    expect(reader.value).toEqual([1, 2]);
    expect(times).toBeGreaterThan(50);
  });

  it('reads a text a few tokens at a time to the same value', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), fc.integer({ min: 1, max: 7 }), (value, tokens) => {
        const reader = openJson(bytes(JSON.stringify(value, null, 1)));

        while (!reader.read(tokens));

        expect(reader.value).toEqual(JSON.parse(JSON.stringify(value)));
      }),
      { seed: 7, numRuns: 200 },
    );
  });

  it('is the native value for every valid text, and the reader agrees', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), (value) => {
        const text = JSON.stringify(value, null, 1);
        const reader = openJson(bytes(text));
        reader.read(Infinity);

        expect(parseJson(bytes(text))).toEqual(JSON.parse(text));
        expect(reader.value).toEqual(JSON.parse(text));
      }),
      { seed: 11, numRuns: 300 },
    );
  });

  it('reads long arrays of numbers as the native parser does, and their faults and limits where they are', () => {
    const numbers = Array.from({ length: 30_000 }, (_, index) => ((index * 2_654_435_761) % 2 ** 32) / 1e9 - 2);
    const read = (text: string, options: ParseJsonOptions = {}): unknown => {
      const reader = openJson(bytes(text), options);
      while (!reader.read(1000));
      return reader.value;
    };
    const text = JSON.stringify({ shape: [30_000], data: numbers, id: 'x' });
    const nested = JSON.stringify({ data: [numbers, numbers.map(Math.round)] }, null, 1);

    expect(read(text)).toEqual(JSON.parse(text));
    expect(read(nested)).toEqual(JSON.parse(nested));
    const long = text.replace(',-1.', ',9007199254740993,-1.');
    expect((read(long, { exactIntegers: true }) as { data: unknown[] }).data).toContain(9007199254740993n);
    for (const wrong of ['1.5.5', '01', '--1', '1,,2', '1e', 'x']) {
      const at = text.indexOf(',', 100_000);
      const broken = `${text.slice(0, at)},${wrong}${text.slice(at)}`;
      expect(() => read(broken)).toThrow(/^The body is not valid JSON at position 10\d{4}\.$/);
    }
    expect(() => read(text, { maxValues: 20_000 })).toThrow('more than 20000 values');
    expect(() => read(`{"rows":[${numbers.join(',')}]}`, { maxRows: 20_000 })).toThrow('more than 20000 rows');
  });

  it('does not make a bigint of a million digits', () => {
    expect(parseJson(bytes(`[${'1'.repeat(1_000_000)}]`), { exactIntegers: true })).toEqual([Infinity]);
    expect(parseJson(bytes('[18446744073709551615]'), { exactIntegers: true })).toEqual([18446744073709551615n]);
  });

  it('points at or just before the place where a valid text was broken, and never repeats content', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), fc.nat(), (value, at) => {
        const text = JSON.stringify(value);
        const cut = at % text.length;

        const broken = `${text.slice(0, cut)}\u0001secret`;

        const [, position] = /^The body is not valid JSON at position (\d+)\.$/.exec(failure(broken).message) ?? [];
        expect(Number(position)).toBeLessThanOrEqual(cut);
        expect(Number(position)).toBeGreaterThanOrEqual(cut - 'false'.length);
      }),
      { seed: 5, numRuns: 300 },
    );
  });

  it('reads __proto__ as a plain key', () => {
    const value = parseJson(bytes('{"__proto__":{"a":1}}')) as object;

    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(Object.hasOwn(value, '__proto__')).toBe(true);
  });
});
