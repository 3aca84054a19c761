import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { imageSize } from './image-size.ts';

const png = '89504e470d0a1a0a 0000000d49484452';
const webp = '52494646 00000000 57454250';
const bytes = (hex: string): Uint8Array =>
  Uint8Array.from(hex.match(/[0-9a-f]{2}/g) ?? [], (pair) => parseInt(pair, 16));

describe('imageSize', () => {
  it.each([
    ['PNG', `${png} 0000ea60 0000ea61`, 60_000, 60_001],
    ['JPEG', 'ffd8 ffe00004aaaa ffc0 0011 08 0102 0304', 0x0304, 0x0102],
    ['progressive JPEG behind tables and padding', 'ffd8 ffdb0003aa ffff ffc40003aa ffc2 0011 08 0001 ffff', 65_535, 1],
    ['JPEG with a picture inside a comment', 'ffd8 fffe0009 ffc00005080102 ffc0 0011 08 0007 0009', 9, 7],
    ['JPEG with rubbish between segments', 'ffd8 ffe00002 0000 ffc0 0011 08 0007 0009', 9, 7],
    ['lossy WebP', `${webp} 56503820 00000000 000000 9d012a 2c01 c800`, 300, 200],
    ['lossless WebP', `${webp} 5650384c 00000000 2f 2bc13100`, 300, 200],
    ['extended WebP', `${webp} 56503858 0a000000 00000000 ff3f00 010000`, 16_384, 2],
  ])('reads a %s', (_, hex, width, height) => {
    expect(imageSize(bytes(hex))).toEqual({ width, height });
  });

  it.each([
    ['nothing', ''],
    ['a cut head', png],
    ['a JPEG without a frame', 'ffd8 ffe00004aaaa'],
    ['another format', '474946383961 0100 0100'],
  ])('gives null for %s', (_, hex) => {
    expect(imageSize(bytes(hex))).toBeNull();
  });

  it('never throws, whatever follows the magic bytes', () => {
    const head = fc.constantFrom(png, 'ffd8ff', webp).map(bytes);
    fc.assert(
      fc.property(head, fc.uint8Array({ maxLength: 200 }), (start, rest) => {
        imageSize(Uint8Array.from([...start, ...rest]));
      }),
    );
  });
});
