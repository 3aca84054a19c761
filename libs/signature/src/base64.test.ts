import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeBase64 } from './base64.ts';

describe('decodeBase64', () => {
  it('decodes what a standard encoder wrote', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(decodeBase64(Buffer.from(bytes).toString('base64'))).toEqual({ bytes: new Uint8Array(bytes) });
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  it('takes one spelling only for every byte sequence', () => {
    const near = fc.array(fc.constantFrom('A', 'Q', 'w', '/', '+', '=', ' ', '-'), { maxLength: 8 });

    fc.assert(
      fc.property(near, (characters) => {
        const text = characters.join('');
        const result = decodeBase64(text);
        if ('bytes' in result) expect(Buffer.from(result.bytes).toString('base64')).toBe(text);
      }),
      { seed: 2, numRuns: 5000 },
    );
  });

  it.each([
    ['QUI', '3 characters, not a multiple of 4'],
    ['QUI=\n', 'white space at index 4'],
    ['QU I', 'white space at index 2'],
    ['QU-_', '"-" of the URL alphabet at index 2'],
    ['QUé=', 'a character outside the alphabet at index 2'],
    ['Q=I=', 'padding before the end, at index 1'],
    ['====', 'padding before the end, at index 0'],
    ['Q===', 'padding before the end, at index 1'],
    ['QUJ=', 'last character has bits set that belong to no byte'],
    ['QR==', 'last character has bits set that belong to no byte'],
    ['QQ==QQ==', 'padding before the end, at index 2'],
  ])('refuses %j', (text, problem) => {
    expect(decodeBase64(text)).toEqual({ problem });
  });
});
