import type { Signature } from '@web-single/signature';
import { describe, expect, it } from 'vitest';
import { checkImages } from './image-limits.ts';

const signature: Signature = {
  input: { left: { type: 'image' }, right: { type: 'image', optional: true } },
  output: {},
};
const limits = { maxImagesPerRequest: 4, maxPixelsPerRequest: 1000 };

/** The head of a PNG that says so. */
function picture(width: number, height: number): Uint8Array {
  const file = new Uint8Array(24);
  file.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52]);
  new DataView(file.buffer).setUint32(16, width);
  new DataView(file.buffer).setUint32(20, height);
  return file;
}

describe('checkImages', () => {
  it('counts the pictures of all fields and rows', () => {
    const row = { left: picture(1, 1), right: picture(1, 1) };
    expect(() => checkImages(signature, [row, row], limits)).not.toThrow();
    expect(() => checkImages(signature, [row, row, { left: picture(1, 1), right: null }], limits)).toThrow(
      expect.objectContaining({ code: 'PAYLOAD_TOO_LARGE', message: expect.stringContaining('5 pictures') }),
    );
  });

  it('adds up their pixels', () => {
    const row = { left: picture(25, 20), right: null };
    expect(() => checkImages(signature, [row, row], limits)).not.toThrow();
    expect(() => checkImages(signature, [row, row, { left: picture(1, 1), right: null }], limits)).toThrow(
      '1001 pixels',
    );
  });

  it('leaves one large picture to the limit of its field', () => {
    expect(() => checkImages(signature, [{ left: picture(60_000, 60_000), right: null }], limits)).not.toThrow();
  });
});
