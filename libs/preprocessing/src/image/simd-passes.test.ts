import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { noise } from '../testing/pillow-fixtures.ts';
import type { Picture } from './picture.ts';
import { kernelMemoryBytes } from './kernel-memory.ts';
import { resamplingFilters } from './resampling-filter.ts';
import type { FilterName } from './resampling-filter.ts';
import { horizontalPass, verticalPass } from './resampling-passes.ts';
import { resamplingWeights } from './resampling-weights.ts';
import { simdBothPasses, simdHorizontalPass, simdVerticalPass } from './simd-passes.ts';

const passes = [
  { name: 'horizontal', simd: simdHorizontalPass, portable: horizontalPass, sizeOf: 'width' },
  { name: 'vertical', simd: simdVerticalPass, portable: verticalPass, sizeOf: 'height' },
] as const;

function sameSamples(one: Picture | undefined, other: Picture): boolean {
  return one?.width === other.width && one.height === other.height && Buffer.compare(one.data, other.data) === 0;
}

describe.each(passes)('the SIMD pass, $name', ({ simd, portable, sizeOf }) => {
  it('equals the one in JavaScript for any size, filter and number of channels', () => {
    const length = fc.integer({ min: 1, max: 90 });
    const filter = fc.constantFrom<Exclude<FilterName, 'nearest'>>('box', 'bilinear', 'hamming', 'bicubic', 'lanczos');
    const channels = fc.constantFrom<1 | 3>(1, 3);

    fc.assert(
      fc.property(fc.record({ width: length, height: length, channels }), length, filter, (shape, target, name) => {
        const picture = noise(shape.width, shape.height, shape.channels);
        const axis = resamplingWeights(picture[sizeOf], target, resamplingFilters[name]);

        expect(sameSamples(simd(picture, target, axis), portable(picture, target, axis))).toBe(true);
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  it.each([1, 3] as const)('equals it where a picture of %i channels passes in strips', (channels) => {
    const data = new Uint8Array(1900 * 2900 * channels).map((_, index) => Math.imul(index, 2654435761) >>> 24);
    const picture = { width: 1900, height: 2900, channels, data };
    const axis = resamplingWeights(picture[sizeOf], 777, resamplingFilters.lanczos);

    expect(picture.data.length).toBeGreaterThan(kernelMemoryBytes);
    expect(sameSamples(simd(picture, 777, axis), portable(picture, 777, axis))).toBe(true);
  });

  it('leaves alone what is too long for its memory', () => {
    const [width, height] = sizeOf === 'width' ? [kernelMemoryBytes, 1] : [kernelMemoryBytes, 3];
    const picture = { width, height, channels: 1, data: new Uint8Array(width * height) } as const;

    expect(simd(picture, 2, resamplingWeights(picture[sizeOf], 2, resamplingFilters.box))).toBeUndefined();
  });
});

describe('both SIMD passes at once', () => {
  it('equal those in JavaScript one after the other, and give pixels that no later picture overwrites', () => {
    const length = fc.integer({ min: 1, max: 90 });
    const filter = fc.constantFrom<Exclude<FilterName, 'nearest'>>('box', 'bilinear', 'hamming', 'bicubic', 'lanczos');
    const shapes = fc.record({ width: length, height: length, channels: fc.constantFrom<1 | 3>(1, 3) });
    const earlier: { wanted: Picture; resized: Picture | undefined }[] = [];

    fc.assert(
      fc.property(shapes, length, length, filter, ({ width, height, channels }, columns, rows, name) => {
        const given = noise(width, height, channels);
        const across = resamplingWeights(width, columns, resamplingFilters[name]);
        const down = resamplingWeights(height, rows, resamplingFilters[name]);
        const wanted = verticalPass(horizontalPass(given, columns, across), rows, down);
        const resized = simdBothPasses(given, { target: columns, axis: across }, { target: rows, axis: down });
        earlier.push({ wanted, resized });

        expect(sameSamples(resized, wanted)).toBe(true);
      }),
      { seed: 1, numRuns: 500 },
    );
    for (const { wanted, resized } of earlier) expect(sameSamples(resized, wanted)).toBe(true);
  });

  it('leave alone what does not fit into their memory', () => {
    const picture = { width: 1200, height: 1200, channels: 3, data: new Uint8Array(1200 * 1200 * 3) } as const;
    const axis = resamplingWeights(1200, 600, resamplingFilters.box);

    expect(simdBothPasses(picture, { target: 600, axis }, { target: 600, axis })).toBeUndefined();
  });
});
