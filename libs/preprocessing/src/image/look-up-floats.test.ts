import { describe, expect, it } from 'vitest';
import { sameBytes, scattered, soilKernelMemory } from '../testing/kernel-pictures.ts';
import { inPlanes, interleaved } from './look-up-floats.ts';

const tables = [0.1307, -0.5, 0].map((mean) =>
  Float32Array.from({ length: 256 }, (_, level) => (level / 255 - mean) / 3),
);

describe.each([1, 3])('a picture of %i channels', (channels) => {
  it.each([1, 5, 784, 700_000])('of %i pixels becomes floats, channel by channel or pixel by pixel', (pixels) => {
    const data = scattered(pixels * channels);
    const used = tables.slice(0, channels);
    const floatOf = (pixel: number, channel: number): number => used[channel]![data[pixel * channels + channel]!]!;
    const length = data.length;
    soilKernelMemory();

    const planes = Float32Array.from({ length }, (_, at) => floatOf(at % pixels, Math.floor(at / pixels)));
    expect(sameBytes(inPlanes(data, used), planes)).toBe(true);
    const pixelByPixel = Float32Array.from({ length }, (_, at) => floatOf(Math.floor(at / channels), at % channels));
    expect(sameBytes(interleaved(data, used), pixelByPixel)).toBe(true);
  });
});
