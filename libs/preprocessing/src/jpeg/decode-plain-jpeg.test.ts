import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { allImageDecoder } from '../all-image-decoder.ts';
import { sharpImageDecoder } from '../sharp-image-decoder.ts';
import { jpegOfCoefficients } from '../testing/jpeg-of-coefficients.ts';
import { noise, readFixtureImage } from '../testing/pillow-fixtures.ts';
import { decodePlainJpeg } from './decode-plain-jpeg.ts';

const maxPixels = 1_000_000;

/** Whether it is decoded here; what it gives then is what libvips gives. */
async function isEqualIfDecoded(bytes: Uint8Array): Promise<boolean> {
  const decoding = decodePlainJpeg(bytes, maxPixels);
  if (decoding !== undefined)
    expect(shown(decoding)).toEqual(shown(await sharpImageDecoder.decode(bytes, { maxPixels })));
  return decoding !== undefined;
}

/** A million numbers of an array are slow to compare. */
function shown(decoding: object): unknown {
  if (!('image' in decoding)) return decoding;
  const { data, ...image } = decoding.image as { data: Uint8Array };
  return { ...decoding, image: { ...image, data: Buffer.from(data).toString('hex') } };
}

const sizes = { width: fc.integer({ min: 1, max: 40 }), height: fc.integer({ min: 1, max: 40 }) };

/** Noise, blurred or not, as one of sharp's encodings; its narrowest halved chroma is left to libvips. */
const encoded = fc.record({
  ...sizes,
  channels: fc.constantFrom(1 as const, 3 as const),
  blur: fc.constantFrom(0, 1, 5),
  quality: fc.constantFrom(1, 30, 75, 90, 100),
  chromaSubsampling: fc.constantFrom('4:4:4', '4:2:0'),
  optimiseCoding: fc.boolean(),
});

async function encode({ width, height, channels, blur, ...options }: EncodedPicture): Promise<Uint8Array> {
  const { data } = noise(width, height, channels);
  const picture = sharp(data, { raw: { width, height, channels } });
  const blurred = blur === 0 ? picture : picture.blur(blur);
  return blurred
    .toColourspace(channels === 1 ? 'b-w' : 'srgb')
    .jpeg(options)
    .toBuffer();
}
type EncodedPicture = typeof encoded extends fc.Arbitrary<infer Picture> ? Picture : never;

/** In zigzag. */
const firstRow = [0, 1, 5, 6, 14, 15, 27, 28];

/** Files of coefficients that wrap around and saturate on their way to samples, of all samplings, with restarts. */
const anyCoefficients = fc
  .record({
    ...sizes,
    sampling: fc.constantFrom(0 as const, 0x11 as const, 0x21 as const, 0x22 as const),
    restartInterval: fc.constantFrom(0, 0, 1, 3),
    quantisers: fc
      .constantFrom(1, 40, 255)
      .chain((max) =>
        fc.uint8Array({ minLength: 64, maxLength: 64 }).map((all) => all.map((level) => 1 + (level % max))),
      ),
    most: fc.constantFrom(0, 3, 30, 900, 32767),
    /** Of places in zigzag: which may be other than zero, and each how many-th of them. */
    places: fc.constantFrom(...[1, 3, 10, 64].map((count) => [...Array(count).keys()]), firstRow),
    every: fc.constantFrom(1, 2, 7, 20),
    seed: fc.integer({ min: 1 }),
  })
  .map(({ most, places, every, seed, ...file }) => {
    const next = generator(seed);
    return jpegOfCoefficients({
      ...file,
      coefficient: (place) => (places.includes(place) && next(every) === 0 ? next(2 * most + 1) - most : 0),
    });
  });

function generator(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

describe('decodePlainJpeg', () => {
  it('gives what libvips gives, for every size, quality and sampling', async () => {
    await fc.assert(
      fc.asyncProperty(encoded, async (picture) => {
        const isNarrow = picture.channels === 3 && picture.chromaSubsampling === '4:2:0' && picture.width < 5;
        expect(await isEqualIfDecoded(await encode(picture))).toBe(!isNarrow);
      }),
      { seed: 1, numRuns: 400 },
    );
  });

  it('gives what libvips gives for coefficients that no picture has', async () => {
    let decoded = 0;
    await fc.assert(
      fc.asyncProperty(anyCoefficients, async (bytes) => {
        if (await isEqualIfDecoded(bytes)) decoded++;
      }),
      { seed: 1, numRuns: 400 },
    );
    expect(decoded).toBeGreaterThan(300);
  });

  it.each(['grey.jpg', 'rgb-420.jpg', 'rgb-422.jpg', 'rgb-444.jpg', 'rgb-restarts.jpg', 'orientation-6.jpg'])(
    'decodes %s, and leaves it to libvips where any part of it is damaged',
    async (file) => {
      const whole = readFixtureImage(file);
      expect(await isEqualIfDecoded(whole)).toBe(true);
      const damage = fc.record({
        at: fc.nat(whole.length - 1),
        removed: fc.constantFrom(0, 1, 1, 2, 300),
        added: fc.oneof(
          fc.uint8Array({ maxLength: 3 }),
          fc.constantFrom([0xff, 0xd0], [0xff, 0xd9], [0xff, 0], [0xff]),
        ),
      });
      await fc.assert(
        fc.asyncProperty(damage, async ({ at, removed, added }) => {
          await isEqualIfDecoded(Uint8Array.from([...whole.slice(0, at), ...added, ...whole.slice(at + removed)]));
        }),
        { seed: 1, numRuns: 250 },
      );
    },
  );

  it('decodes a picture of more than one strip after a damaged one, as if there had been none', async () => {
    const picture = { width: 100, height: 70, channels: 3, blur: 1, quality: 75, chromaSubsampling: '4:2:0' } as const;
    const bytes = await encode({ ...picture, optimiseCoding: true });
    const cut = Uint8Array.from([...bytes.subarray(0, bytes.length * 0.6), 0xff, 0xd9]);

    expect(decodePlainJpeg(cut, maxPixels)).toBeUndefined();
    expect(await isEqualIfDecoded(bytes)).toBe(true);
  });

  it('leaves a picture of too many pixels to libvips', async () => {
    const bytes = readFixtureImage('rgb-420.jpg');

    expect(decodePlainJpeg(bytes, 45 * 31 - 1)).toBeUndefined();
    expect(decodePlainJpeg(bytes, 45 * 31)).toBeDefined();
    const [width, height] = [2048, 1025];
    const large = { width, height, channels: 1, blur: 0, quality: 1, chromaSubsampling: '4:4:4' } as const;
    expect(decodePlainJpeg(await encode({ ...large, optimiseCoding: true }), 10_000_000)).toBeUndefined();
  });

  it('is asked before libvips', async () => {
    const bytes = readFixtureImage('orientation-6.jpg');

    expect(await allImageDecoder.decode(bytes, { maxPixels })).toEqual(decodePlainJpeg(bytes, maxPixels));
  });
});
