import { expect, it } from 'vitest';
import { pictureOfBase64, sizeOfPicture } from './picture-of-base64.ts';

it('knows a picture by its first bytes, not by its name', () => {
  expect(pictureOfBase64('/9j/4AAQ', 'a.png')).toEqual({
    base64: '/9j/4AAQ',
    mediaType: 'image/jpeg',
    fileName: 'a.png',
  });
  expect(pictureOfBase64('iVBORw0K').fileName).toBe('picture.png');
  expect(pictureOfBase64('UklGRg').mediaType).toBe('image/webp');
  expect(pictureOfBase64('R0lG').mediaType).toBe('application/octet-stream');
});

it('counts bytes, not characters', () => {
  for (const size of [1, 2, 3, 4, 100]) {
    expect(sizeOfPicture(pictureOfBase64(btoa('x'.repeat(size))))).toBe(size);
  }
});
