import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isSupportedImage, sniffImage } from './sniff-image.ts';

const latin = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));

describe('sniffImage', () => {
  it.each([
    ['\x89PNG\r\n\x1a\n…', 'PNG'],
    ['\xff\xd8\xff\xe0', 'JPEG'],
    ['RIFF\x04\0\0\0WEBPVP8 ', 'WebP'],
    ['GIF89a', 'GIF'],
    ['BM6\0', 'BMP'],
    ['II*\0', 'TIFF'],
    ['MM\0*', 'TIFF'],
    ['%PDF-1.7', 'PDF'],
    ['\0\0\0\x1cftypavif', 'AVIF'],
    ['\0\0\0\x18ftypheic', 'HEIF'],
    ['\xff\x0a', 'JPEG XL'],
    ['\0\0\x01\0', 'ICO'],
    ['<svg xmlns="…">', 'SVG'],
    ['\xef\xbb\xbf<?xml version="1.0"?>\n<svg/>', 'SVG'],
    ['RIFF\x04\0\0\0WAVE', null],
    ['<html><svg/>', null],
    ['\x89PNG', null],
    ['', null],
  ])('takes %j for %s', (text, kind) => {
    expect(sniffImage(latin(text))).toBe(kind);
  });

  it('supports three kinds', () => {
    expect((['PNG', 'JPEG', 'WebP', 'GIF', 'SVG', null] as const).filter(isSupportedImage)).toHaveLength(3);
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 600 }), (bytes) => sniffImage(bytes) !== undefined),
      { seed: 1 },
    );
  });
});
