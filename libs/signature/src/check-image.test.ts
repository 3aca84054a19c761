import { describe, expect, it } from 'vitest';
import { checkedRow, problemsOf } from './testing/check-one.ts';
import { digits } from './testing/penguins.ts';

const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1]);
const base64 = (bytes: Uint8Array | string) => Buffer.from(bytes).toString('base64');
const check = (image: unknown) => problemsOf(digits, { image })[0];

describe('image', () => {
  it('is bytes, or base64 in an object', () => {
    expect(checkedRow(digits, { image: png })).toEqual({ image: png });
    expect(checkedRow(digits, { image: { base64: base64(png) } })).toEqual({ image: new Uint8Array(png) });
  });

  it('says what came instead of a picture it takes', () => {
    expect(check({ base64: base64('GIF89a') })).toEqual({
      row: 0,
      field: 'image',
      expected: 'PNG, JPEG or WebP image',
      got: 'a GIF, 6 bytes',
    });
    expect(check({ base64: base64('hello') })?.got).toBe('an unknown format, 5 bytes');
    expect(check({ base64: '' })?.got).toBe('no bytes');
    expect(check(new Uint8Array(0))?.got).toBe('no bytes');
  });

  it('points into the base64 text', () => {
    expect(check({ base64: 'iVBO Rw0' })).toMatchObject({ field: 'image.base64', got: 'white space at index 4' });
  });

  it.each([
    ['https://example.org/3.png', 'URLs are never fetched'],
    ['//example.org/3.png', 'URLs are never fetched'],
    [{ url: 'file:///etc/passwd' }, 'URLs are never fetched'],
    [{ base64: 'http://example.org/3.png' }, 'URLs are never fetched'],
    ['data:image/png;base64,iVBORw0KGgo=', 'behind the comma'],
    [{ base64: 'data:image/png;base64,iVBORw0KGgo=' }, 'behind the comma'],
    ['iVBORw0KGgo=', 'into an object'],
  ])('says what to send instead of %j', (image, hint) => {
    expect(check(image)?.hint).toContain(hint);
  });

  it.each([[3], [[]], [{}], [{ base64: 3 }], [{ base64: base64(png), name: 'a' }], [{ base64: null }]])(
    'refuses %j',
    (image) => {
      expect(check(image)).toMatchObject({ field: 'image', expected: 'PNG, JPEG or WebP image as {"base64": "…"}' });
    },
  );
});
