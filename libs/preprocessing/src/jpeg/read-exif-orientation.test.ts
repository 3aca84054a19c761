import { describe, expect, it } from 'vitest';
import { readExifOrientation } from './read-exif-orientation.ts';

type Entry = readonly [tag: number, type: number, count: number, value: number];

/** One directory, and four bytes behind it. */
function exif(entries: readonly Entry[], isLittle = true): Uint8Array {
  const bytes = new Uint8Array(6 + 8 + 2 + 12 * entries.length + 4);
  bytes.set([0x45, 0x78, 0x69, 0x66]);
  const view = new DataView(bytes.buffer, 6);
  view.setUint16(0, isLittle ? 0x4949 : 0x4d4d);
  view.setUint16(2, 42, isLittle);
  view.setUint32(4, 8, isLittle);
  view.setUint16(8, entries.length, isLittle);
  for (const [index, [tag, type, count, value]] of entries.entries()) {
    const at = 10 + 12 * index;
    view.setUint16(at, tag, isLittle);
    view.setUint16(at + 2, type, isLittle);
    view.setUint32(at + 4, count, isLittle);
    view.setUint16(at + 8, value, isLittle);
  }
  return bytes;
}

const six: Entry = [0x0112, 3, 1, 6];
const width: Entry = [0x0100, 3, 1, 24];

describe('readExifOrientation', () => {
  it.each([true, false])('finds it among other entries, in either byte order', (isLittle) => {
    expect(readExifOrientation(exif([width, six], isLittle))).toBe(6);
  });

  it('is 1 where nothing is said', () => {
    expect(readExifOrientation(exif([width]))).toBe(1);
  });

  it.each<[string, Uint8Array]>([
    ['said twice', exif([six, six])],
    ['of another type', exif([[0x0112, 4, 1, 6]])],
    ['that are several', exif([[0x0112, 3, 2, 6]])],
    ['of zero', exif([[0x0112, 3, 1, 0]])],
    ['of nine', exif([[0x0112, 3, 1, 9]])],
    ['in a directory that is cut', exif([width, six]).subarray(0, 30)],
    ['in a directory that is not there', exif([six]).with(10, 200)],
    ['in a directory inside the header', exif([six]).with(10, 4)],
    ['in no byte order', exif([six]).with(6, 0)],
    ['in another version', exif([six]).with(8, 43)],
    ['behind another name', exif([six]).with(5, 1)],
    ['in nothing', new Uint8Array()],
  ])('does not know an orientation %s', (_, content) => {
    expect(readExifOrientation(content)).toBeUndefined();
  });
});
