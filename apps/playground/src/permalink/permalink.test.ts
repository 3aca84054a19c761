import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeLink } from './decode-link.ts';
import { encodeLink, LONGEST_LINK } from './encode-link.ts';

const text = fc.string({ unit: 'binary', minLength: 1, maxLength: 30 });
const inputs = fc.dictionary(text, fc.jsonValue({ maxDepth: 2 }), { maxKeys: 6 });

/** As a browser hands the hash of an address back. */
const throughBrowser = (hash: string): string => new URL(hash, 'http://page/').hash;

describe('a permalink', () => {
  it('carries any model, version and input through the address', () => {
    fc.assert(
      fc.property(text, fc.option(text, { nil: undefined }), inputs, (model, version, input) => {
        const { hash, tooLarge } = encodeLink({ model, version, input });

        expect(tooLarge).toEqual([]);
        expect(decodeLink(throughBrowser(hash))).toEqual({ model, version, input: JSON.parse(JSON.stringify(input)) });
      }),
    );
  });

  it('is the same in the address as it was written: the history gets no entry twice', () => {
    fc.assert(
      fc.property(text, inputs, (model, input) => {
        const { hash } = encodeLink({ model, input });
        expect(throughBrowser(hash)).toBe(hash);
      }),
    );
  });

  it('can be read and edited', () => {
    const { hash } = encodeLink({ model: 'penguins', version: '1.0.0', input: { size: 50.6, at: [1, 2] } });

    expect(hash).toBe('#/penguins@1.0.0?size=50.6&at=[1,2]');
  });

  it('leaves out the largest values first, and names them, where it would be too long', () => {
    const large = 'x'.repeat(LONGEST_LINK);
    const { hash, tooLarge } = encodeLink({ model: 'm', input: { small: 1, large, larger: `${large}x` } });

    expect(tooLarge).toEqual(['larger', 'large']);
    expect(decodeLink(hash)).toEqual({ model: 'm', version: undefined, input: { small: 1 } });
    expect(hash.length).toBeLessThanOrEqual(LONGEST_LINK);
  });

  it('tells a link without an input from one that leaves everything out', () => {
    expect(decodeLink('#/penguins')?.input).toBeUndefined();
    expect(decodeLink('#/penguins?')?.input).toEqual({});
  });

  it('takes any hash: what it does not understand it drops', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (hash) => void decodeLink(`#/${hash}`)));
    expect(decodeLink('')).toBeNull();
    expect(decodeLink('#top')).toBeNull();
    expect(decodeLink('#/%ff')).toBeNull();
    expect(decodeLink('#/m?a=1&b=nope&c&7&d=%ff&__proto__=2')?.input).toEqual(JSON.parse('{"a":1,"__proto__":2}'));
  });
});
