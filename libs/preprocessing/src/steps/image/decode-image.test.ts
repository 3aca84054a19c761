import { readFileSync } from 'node:fs';
import type { Row, Tensor } from '@web-single/tensor';
import { describe, expect, it } from 'vitest';
import { createPipeline } from '../../create-pipeline.ts';
import type { ImageDecoder } from '../../image-decoder.ts';
import { RowRejection } from '../../step.ts';
import { createStepRegistry } from '../../step-registry.ts';
import { readFixtureImage, readPillowFixtures, sha256 } from '../../testing/pillow-fixtures.ts';
import { defineDecodeImage } from './decode-image.ts';

const { decodes } = readPillowFixtures(13);

async function decode(image: Row[string], parameters: object = {}): Promise<Tensor | RowRejection> {
  const pipeline = createPipeline([{ step: 'decode-image', field: 'image', mode: 'grey', ...parameters }]);
  const [outcome] = await pipeline.run([{ image: image! }]);
  return outcome instanceof RowRejection ? outcome : (outcome!.image as Tensor);
}

async function rejection(image: Row[string], parameters: object = {}): Promise<RowRejection['problem']> {
  const outcome = await decode(image, parameters);
  if (outcome instanceof RowRejection) return outcome.problem;
  throw new Error('The picture was decoded.');
}

describe('decode-image', () => {
  it.each(decodes)(
    'decodes $file as $mode on $background as Pillow does',
    async ({ file, mode, background, ...expected }) => {
      const tensor = (await decode(readFixtureImage(file), { mode, background })) as Tensor;

      expect(tensor.shape).toEqual(expected.shape);
      expect(sha256(tensor.data as Uint8Array)).toBe(expected.sha256);
    },
  );

  it.each([
    { mode: 'grey', channels: 4, left: 0 },
    { mode: 'rgb', channels: 3, left: 270_000 },
  ] as const)('frees what was decoded, unless it is the picture: $mode of $channels channels', async (given) => {
    const { mode, channels, left } = given;
    const data = new Uint8Array(300 * 300 * channels).fill(255);
    const decoder: ImageDecoder = {
      decode: () => Promise.resolve({ image: { width: 300, height: 300, channels, data }, orientation: 1 }),
    };
    const registry = createStepRegistry([defineDecodeImage(decoder)]);

    const [outcome] = await createPipeline([{ step: 'decode-image', field: 'image', mode }], registry).run([
      { image: new Uint8Array(1) },
    ]);

    const picture = (outcome as Row)['image'] as Tensor;
    expect((picture.data as Uint8Array).every((level) => level === 255)).toBe(true);
    expect([picture.data.length, data.length]).toEqual([mode === 'grey' ? 90_000 : 270_000, left]);
  });

  it('refuses a picture of too many pixels before it decodes', async () => {
    const bomb = readFixtureImage('grey.png');
    const header = new DataView(bomb.buffer, bomb.byteOffset);
    header.setUint32(16, 60_000);
    header.setUint32(20, 60_000);
    header.setUint32(29, crc32(bomb.subarray(12, 29)));

    expect(await rejection(bomb)).toMatchObject({
      field: 'image',
      expected: 'at most 25,000,000 pixels',
      got: '60000 x 60000',
    });
    expect(await rejection(readFixtureImage('rgb.png'), { maxPixels: 390 })).toMatchObject({ got: '23 x 17' });
  });

  it.each(['grey.png', 'rgb-420.jpg', 'rgb-progressive.jpg', 'lossy.webp', 'lossless.webp'])(
    'rejects %s truncated at every sixteenth',
    async (file) => {
      const bytes = readFixtureImage(file);

      for (let sixteenth = 1; sixteenth < 16; sixteenth++) {
        const { expected, got } = await rejection(bytes.slice(0, Math.floor((bytes.length * sixteenth) / 16)));
        expect(expected).toBe('a PNG, JPEG or WebP file');
        expect(got).toMatch(/^a damaged or truncated (PNG|JPEG|WebP) file$|^\d+ bytes that begin as none of them$/);
      }
    },
  );

  it.each([
    ['nothing', null],
    ['a string', 'iVBORw0KGgo='],
    ['an empty file', new Uint8Array()],
    ['SVG', new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg" width="4" height="4"/>')],
    ['GIF', new TextEncoder().encode('GIF89a\u0001\u0000\u0001\u0000')],
    ['text', readFileSync(new URL(import.meta.url))],
  ])('rejects %s', async (_, value) => {
    expect((await rejection(value)).expected).toMatch(/a PNG, JPEG or WebP file$/);
  });

  it('lays light ink on black where the background goes by contrast, and only there', async () => {
    const whitePen = {
      width: 4,
      height: 1,
      channels: 2,
      data: Uint8Array.of(255, 0, 255, 255, 255, 51, 0, 0),
    } as const;
    const registry = createStepRegistry([
      defineDecodeImage({ decode: async () => ({ image: whitePen, orientation: 1 }) }),
    ]);
    const pixels = async (parameters: object) => {
      const spec = { step: 'decode-image', field: 'image', mode: 'grey', ...parameters };
      const [row] = await createPipeline([spec], registry).run([{ image: Uint8Array.of(1) }]);
      return [...((row as Row)['image'] as Tensor).data];
    };

    expect(await pixels({ background: 'contrast' })).toEqual([0, 255, 51, 0]);
    expect(await pixels({})).toEqual([255, 255, 255, 255]);
    expect(() => createPipeline([{ step: 'decode-image', field: 'image', mode: 'grey', background: 'best' }])).toThrow(
      /background/,
    );
  });

  it('makes its pipeline a decoding one', () => {
    expect(createPipeline([{ step: 'decode-image', field: 'image', mode: 'rgb' }]).decodes).toBe(true);
  });

  it('works with any decoder behind the port', async () => {
    const decoder: ImageDecoder = {
      decode: async () => ({
        image: { width: 2, height: 1, channels: 2, data: Uint8Array.of(9, 255, 9, 0) },
        orientation: 2,
      }),
    };
    const registry = createStepRegistry([defineDecodeImage(decoder)]);
    const pipeline = createPipeline([{ step: 'decode-image', field: 'image', mode: 'grey' }], registry);

    const [row] = await pipeline.run([{ image: Uint8Array.of(1) }]);

    expect(row).toEqual({ image: { dtype: 'uint8', shape: [1, 2], data: Uint8Array.of(255, 9) } });
  });
});

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}
