import fc from 'fast-check';
import { crc32, deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { allImageDecoder } from '../all-image-decoder.ts';
import { flatten } from '../image/flatten.ts';
import { toMode } from '../image/to-mode.ts';
import type { ImageDecoding } from '../image-decoder.ts';
import { sharpImageDecoder } from '../sharp-image-decoder.ts';
import { readFixtureImage } from '../testing/pillow-fixtures.ts';
import { decodePlainPng } from './decode-plain-png.ts';

const maxPixels = 1_000_000;
/** Colour types with the bits of a sample and the samples of a pixel. */
const kinds = [
  ...[1, 2, 4, 8].flatMap((depth) => [
    { colourType: 0, depth, samples: 1 },
    { colourType: 3, depth, samples: 1 },
  ]),
  { colourType: 4, depth: 8, samples: 2 },
  { colourType: 2, depth: 8, samples: 3 },
  { colourType: 6, depth: 8, samples: 4 },
];

interface Shape {
  readonly width: number;
  readonly height: number;
  readonly kind: { readonly colourType: number; readonly depth: number };
}

function chunk(type: string, content: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type), content]);
  const [length, crc] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(content.length);
  crc.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, crc]);
}

function png({ width, height, kind }: Shape, lines: Uint8Array, more: Buffer[] = []): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([kind.depth, kind.colourType], 8);
  const stream = deflateSync(lines);
  const half = stream.length >> 1;
  const pieces = [stream.subarray(0, half), stream.subarray(half)].map((piece) => chunk('IDAT', piece));
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk('IHDR', header), ...more, ...pieces, chunk('IEND', new Uint8Array())]);
}

const bytesOf = (length: number): fc.Arbitrary<Uint8Array> => fc.uint8Array({ minLength: length, maxLength: length });

/** A file of any filtered bytes: whatever they are, they mean some picture. Palettes have any length, and alphas as many. */
const anyPng = fc
  .record({
    width: fc.integer({ min: 1, max: 12 }),
    height: fc.integer({ min: 1, max: 9 }),
    kind: fc.constantFrom(...kinds),
  })
  .chain(({ kind, ...size }) => {
    const places = 2 ** kind.depth;
    const line = fc.tuple(
      fc.integer({ min: 0, max: 4 }),
      bytesOf(Math.ceil((size.width * kind.samples * kind.depth) / 8)),
    );
    return fc
      .record({
        lines: fc.array(line, { minLength: size.height, maxLength: size.height }),
        entries: fc.integer({ min: 1, max: 2 * places }),
        alphaCount: fc.integer({ min: 0, max: 2 * places }),
      })
      .map(({ lines, entries, alphaCount }) => {
        const numbers = (count: number): Uint8Array => new Uint8Array(count).map((_, at) => at * 89 + 17);
        const palette = [
          chunk('PLTE', numbers(3 * entries)),
          ...(alphaCount === 0 ? [] : [chunk('tRNS', numbers(alphaCount))]),
        ];
        const filtered = Buffer.concat(lines.map(([filter, bytes]) => Buffer.from([filter, ...bytes])));
        return png({ ...size, kind }, filtered, kind.colourType === 3 ? palette : []);
      });
  });

/** What a pipeline makes of either: libvips gives grey with alpha in four channels. */
function shown(decoding: ImageDecoding): unknown {
  if ('refusal' in decoding) return decoding;
  const { width, height, data } = toMode(flatten(decoding.image, 255), 'rgb');
  return { width, height, data: Buffer.from(data).toString('hex'), orientation: decoding.orientation };
}

describe('decodePlainPng', () => {
  it('gives what libvips gives, for every filter and number of channels', async () => {
    await fc.assert(
      fc.asyncProperty(anyPng, async (bytes) => {
        const image = decodePlainPng(bytes, maxPixels);
        fc.pre(image !== undefined);

        expect(shown({ image: image!, orientation: 1 })).toEqual(
          shown(await sharpImageDecoder.decode(bytes, { maxPixels })),
        );
      }),
      { seed: 1, numRuns: 400 },
    );
  });

  it('leaves what is damaged to libvips', async () => {
    const bytes = png({ width: 3, height: 2, kind: { colourType: 2, depth: 8 } }, new Uint8Array(20));

    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), async (position, change) => {
        const damaged = Uint8Array.from(bytes);
        damaged[position] = damaged[position]! ^ change;

        expect(decodePlainPng(damaged, maxPixels)).toBeUndefined();
        expect(shown(await allImageDecoder.decode(damaged, { maxPixels }))).toEqual(
          shown(await sharpImageDecoder.decode(damaged, { maxPixels })),
        );
      }),
      { seed: 1, numRuns: 150 },
    );
  });

  const shape = { width: 4, height: 3, kind: { colourType: 0, depth: 8 } };
  const inPalette = { ...shape, kind: { colourType: 3, depth: 8 } };
  const colour = chunk('PLTE', new Uint8Array(3));
  const palette = chunk('PLTE', new Uint8Array(9));
  const nothing = new Uint8Array();
  const lines = new Uint8Array(15);

  it.each([
    ['too few lines', png(shape, lines.subarray(0, 10))],
    ['too many lines', png(shape, new Uint8Array(20))],
    [
      'a filter that is none',
      png(
        shape,
        lines.map((_, index) => (index === 5 ? 5 : 0)),
      ),
    ],
    ['a colour made transparent', png(shape, lines, [chunk('tRNS', new Uint8Array(2))])],
    ['16 bits a sample', png({ ...shape, kind: { colourType: 0, depth: 16 } }, new Uint8Array(27))],
    ['no palette where one is needed', png(inPalette, lines)],
    ['half a colour in its palette', png(inPalette, lines, [chunk('PLTE', new Uint8Array(4))])],
    [
      'a place that its palette does not have',
      png(
        inPalette,
        lines.map((_, at) => (at % 5 === 4 ? 1 : 0)),
        [colour],
      ),
    ],
    ['more alphas than colours', png(inPalette, lines, [colour, chunk('tRNS', new Uint8Array(2))])],
    [
      'more colours than places',
      png({ ...inPalette, kind: { colourType: 3, depth: 1 } }, new Uint8Array(6), [palette]),
    ],
    ['so many pieces that each object counts', png(shape, lines, new Array<Buffer>(5000).fill(chunk('IDAT', nothing)))],
    [
      'more lines than pixels in a line would need',
      png({ ...shape, width: 1, height: 2 ** 15 }, new Uint8Array(2 ** 16)),
    ],
    [
      'more samples than this thread has time for',
      png({ ...shape, width: 4096, height: 1025 }, new Uint8Array(1025 * 4097)),
    ],
    ['two palettes', png(inPalette, lines, [colour, colour])],
    ['an orientation', png(shape, lines, [chunk('eXIf', new Uint8Array(8))])],
    ['an animation', png(shape, lines, [chunk('acTL', new Uint8Array(8))])],
    ['a chunk that it does not know', png(shape, lines, [chunk('teST', new Uint8Array(8))])],
    ['a known chunk of another length', png(shape, lines, [chunk('gAMA', new Uint8Array(5))])],
    ['bytes behind its end', Buffer.concat([png(shape, lines), Buffer.from([0])])],
    ['nothing but its first bytes', png(shape, lines).subarray(0, 8)],
  ])('leaves a file with %s to libvips', (_, bytes) => {
    expect(decodePlainPng(bytes, 10_000_000)).toBeUndefined();
  });

  it('leaves a picture of too many pixels to libvips, without inflating it', () => {
    expect(decodePlainPng(png(shape, lines), 11)).toBeUndefined();
    expect(decodePlainPng(png(shape, lines), 12)).toBeDefined();
  });

  it('takes chunks that change nothing', () => {
    const more = [chunk('gAMA', new Uint8Array(4)), chunk('tEXt', Buffer.from('by\0us'))];

    expect(decodePlainPng(png(shape, lines, more), maxPixels)).toEqual(decodePlainPng(png(shape, lines), maxPixels));
  });

  it('decodes the grey and the RGB file of the fixtures', () => {
    for (const file of ['grey.png', 'rgb.png']) expect(decodePlainPng(readFixtureImage(file), maxPixels)).toBeDefined();
  });
});
