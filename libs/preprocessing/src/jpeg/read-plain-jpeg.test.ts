import { describe, expect, it } from 'vitest';
import { jpegOfCoefficients, segment, type CoefficientsFile } from '../testing/jpeg-of-coefficients.ts';
import { readFixtureImage } from '../testing/pillow-fixtures.ts';
import { decodePlainJpeg } from './decode-plain-jpeg.ts';

const file: CoefficientsFile = {
  width: 9,
  height: 7,
  sampling: 0x21,
  quantisers: new Uint8Array(64).fill(3),
  coefficient: (place) => 5 - place,
};

const isDecoded = (changes: Partial<CoefficientsFile>, edit = (bytes: Uint8Array): Uint8Array => bytes): boolean =>
  decodePlainJpeg(edit(jpegOfCoefficients({ ...file, ...changes })), 1000) !== undefined;

/** `ids` that say nothing of colours. */
const named = [0, 1, 2];
const letters = (text: string): number[] => [...text].map((letter) => letter.charCodeAt(0));
const jfif = segment(0xe0, [...letters('JFIF'), 0, 1, 2, 0, 0, 1, 0, 1, 0, 0]);
const adobe = (transform: number): number[] => segment(0xee, [...letters('Adobe'), 0, 100, 0, 0, 0, 0, transform]);
const exif = segment(0xe1, [...letters('Exif'), 0, 0, ...letters('MM'), 0, 42, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0]);
const ones = new Array<number>(64).fill(1);
const table = (place: number, counts: readonly number[], symbols: readonly number[]): number[] =>
  segment(0xc4, [place, ...counts, ...new Array<number>(16 - counts.length).fill(0), ...symbols]);

/** Sets the byte so far behind the first marker of that kind. */
const set =
  (marker: number, offset: number, value: number) =>
  (bytes: Uint8Array): Uint8Array => {
    const at = bytes.findIndex((byte, index) => byte === 0xff && bytes[index + 1] === marker);
    return bytes.with(at + offset, value);
  };

/** Puts bytes in front of the last such pair; `instead` of it where that is said. */
const insert =
  (pair: readonly [number, number], bytes: readonly number[], instead = 0) =>
  (file: Uint8Array): Uint8Array => {
    const at = file.findLastIndex((byte, index) => byte === pair[0] && file[index + 1] === pair[1]);
    expect(at).toBeGreaterThan(0);
    return Uint8Array.from([...file.slice(0, at), ...bytes, ...file.slice(at + instead)]);
  };

/** A grey block of DC 0, and such AC codes. */
const blockOf = (...codes: readonly (readonly [number, number])[]): Partial<CoefficientsFile> => ({
  width: 8,
  height: 8,
  sampling: 0,
  codes: [[0, 5], ...codes],
});
/** 15 zeros and a one; 16 zeros; the end of the block. */
const [late, zeros, end] = [
  [0x1e3, 9],
  [0xf0, 8],
  [0, 8],
] as const;

/** The DC of each block is 32,767 more than that of the one before. */
function climbing(): (place: number) => number {
  let dc = 0;
  return (place) => (place === 0 ? (dc += 32767) : 0);
}

/** Two MCUs with a restart between them, and a stuffed zero in them. */
const restarted: Partial<CoefficientsFile> = {
  width: 17,
  restartInterval: 1,
  coefficient: (place) => (place === 1 ? 32767 : 0),
};

describe('readPlainJpeg', () => {
  it.each<[string, Partial<CoefficientsFile>]>([
    ['components numbered as JFIF numbers them', {}],
    ['JFIF', { extra: jfif, ids: named }],
    ["Adobe's mark for YCbCr", { extra: adobe(1), ids: named }],
    ["both applications' marks", { extra: [...jfif, ...adobe(1)] }],
    ['grey of any name', { sampling: 0, ids: [7] }],
    ['comments and data of applications', { extra: [...segment(0xfe, letters('by us')), ...segment(0xe2, [1, 2])] }],
    ['EXIF without an orientation', { extra: exif }],
    ['a last coefficient behind zeros', blockOf(late, late, late, [0xe1 * 2 + 1, 9])],
    ['zeros before the end of a block', blockOf(zeros, zeros, zeros, end)],
    ['a table that stands for another later', { extra: table(0, [0, 1], [3]) }],
  ])('takes a file with %s', (_, changes) => {
    expect(isDecoded(changes)).toBe(true);
  });

  it.each<[string, Partial<CoefficientsFile>]>([
    ['components that nothing says the colours of', { ids: named }],
    ['RGB by the names of its components', { ids: letters('RGB') }],
    ["RGB by Adobe's mark", { extra: adobe(0) }],
    ['marks that contradict each other', { extra: [...jfif, ...adobe(0)] }],
    ["two of Adobe's marks", { extra: [...adobe(1), ...adobe(1)] }],
    ["a mark of Adobe's that is too short", { extra: segment(0xee, letters('Adobe')) }],
    ['a JFIF version that is unknown', { extra: segment(0xe0, [...letters('JFIF'), 0, 2, 0, 0, 0, 1, 0, 1, 0, 0]) }],
    ['two components of one name', { extra: jfif, ids: [1, 2, 2] }],
    ['halved chroma in few columns', { width: 4 }],
    ['a coefficient behind the last', blockOf(late, late, late, late)],
    ['zeros behind the last coefficient', blockOf(zeros, zeros, zeros, zeros)],
    ['a code that is none', blockOf([0xff, 8], end)],
    ['a sum of DCs that no 16 bits hold', { coefficient: climbing() }],
    ['arithmetic codes', { extra: segment(0xcc, [0, 1]) }],
    ['an all-ones code', { extra: table(0, [2], [1, 2]) }],
    ['more codes than there are of a length', { extra: table(1, [0, 5], [1, 2, 3, 4, 5]) }],
    ['a table of codes without its symbols', { extra: table(1, [0, 2], [1]) }],
    ['a DC of 16 bits', { extra: table(1, [0, 1], [16]) }],
    ['a table of a place that baseline files do not have', { extra: table(2, [0, 1], [3]) }],
    ['more tables than it has places for', { extra: new Array<number[]>(9).fill(table(0, [0, 1], [3])).flat() }],
    ['quantisers of 16 bits', { extra: segment(0xdb, [0x10, ...ones, ...ones]) }],
    ['a quantiser of zero', { quantisers: new Uint8Array(64) }],
    ['quantisers of a place that files do not have', { extra: segment(0xdb, [4, ...ones]) }],
    [
      'more quantisers than it has places for',
      { extra: new Array<number[]>(9).fill(segment(0xdb, [0, ...ones])).flat() },
    ],
    ['half a table of quantisers', { extra: segment(0xdb, ones) }],
    ['two frames', { extra: segment(0xc0, [8, 0, 7, 0, 9, 3, 1, 0x21, 0, 2, 0x11, 0, 3, 0x11, 0]) }],
    ['a restart interval of three bytes', { extra: segment(0xdd, [0, 0, 0]) }],
    ['two segments of EXIF', { extra: [...exif, ...exif] }],
    ['EXIF that is cut', { extra: segment(0xe1, letters('Exif')) }],
    ['so many segments that each costs', { extra: new Array<number[]>(200).fill(segment(0xfe, [])).flat() }],
  ])('leaves a file with %s to libvips', (_, changes) => {
    expect(isDecoded(changes)).toBe(false);
  });

  it.each<[string, (bytes: Uint8Array) => Uint8Array]>([
    ['12 bits a sample', set(0xc0, 4, 12)],
    ['progressive coding', set(0xc0, 1, 0xc2)],
    ['no height', set(0xc0, 6, 0)],
    ['chroma that is halved downwards alone', set(0xc0, 11, 0x12)],
    ['chroma of another sampling', set(0xc0, 14, 0x21)],
    ['quantisers that are not defined', set(0xc0, 12, 1)],
    ['codes that are not defined', set(0xda, 6, 0x11)],
    ['components in another order', set(0xda, 5, 2)],
    ['a scan of some coefficients', set(0xda, 12, 20)],
    ['fill bytes before a marker', (bytes) => Uint8Array.from([...bytes.slice(0, 2), 0xff, ...bytes.slice(2)])],
    ['bytes before a restart', insert([0xff, 0xd0], [0])],
    ['a restart out of its turn', insert([0xff, 0xd0], [0xff, 0xd1], 2)],
    ['an end in place of a restart', insert([0xff, 0xd0], [0xff, 0xd9], 2)],
    ['no restart where one is due', insert([0xff, 0xd0], [], 2)],
    ['a marker in its scan', insert([0xff, 0], [0xff, 1], 2)],
    ['an end in its scan', insert([0xff, 0], [0xff, 0xd9, 0xff, 0])],
    ['bytes before its end', (bytes) => Uint8Array.from([...bytes.slice(0, -2), 0, 0xff, 0xd9])],
    ['bytes behind its end', (bytes) => Uint8Array.from([...bytes, 0])],
    ['no end', (bytes) => bytes.subarray(0, -2)],
    ['nothing but its ends', () => Uint8Array.of(0xff, 0xd8, 0xff, 0xd9)],
  ])('leaves a file with %s to libvips', (_, edit) => {
    expect(isDecoded(restarted)).toBe(true);
    expect(isDecoded(restarted, edit)).toBe(false);
  });

  it.each(['cmyk.jpg', 'cmyk-unmarked.jpg', 'rgb-progressive.jpg', 'rgb-kept.jpg', 'rgb.png'])(
    'leaves %s to libvips',
    (name) => {
      expect(decodePlainJpeg(readFixtureImage(name), 100_000)).toBeUndefined();
    },
  );

  it.each([1, 2, 3, 4, 5, 6, 7, 8])('reads the orientation %i', (orientation) => {
    expect(decodePlainJpeg(readFixtureImage(`orientation-${orientation}.jpg`), 1000)).toMatchObject({ orientation });
  });
});
