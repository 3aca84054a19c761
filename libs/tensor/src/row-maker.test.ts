import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rowMaker } from './row-maker.ts';

describe('rowMaker', () => {
  it('makes what fromEntries makes, whatever the names', () => {
    const names = fc.uniqueArray(fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor', 'toString', '0')));

    fc.assert(
      fc.property(names, (given) => {
        const row = rowMaker(given)((index) => index);
        expect(Object.entries(row)).toEqual(
          Object.entries(Object.fromEntries(given.map((name, index) => [name, index]))),
        );
        expect(Object.getPrototypeOf(row)).toBe(Object.prototype);
      }),
      { seed: 1 },
    );
  });
});
