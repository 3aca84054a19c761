import { nearest } from './nearest.ts';
import type { Picture } from './picture.ts';
import { resamplingFilters } from './resampling-filter.ts';
import type { FilterName } from './resampling-filter.ts';
import { fractionBits, resamplingWeights } from './resampling-weights.ts';
import type { ResamplingWeights } from './resampling-weights.ts';

export interface ResampleOptions {
  readonly width: number;
  readonly height: number;
  readonly filter: FilterName;
  /** Whose order of the two passes; see `isVerticalFirst`. */
  readonly like: PillowVersion;
}

/** `pillow-12` stands for all releases before 13, too. */
export type PillowVersion = 'pillow-13' | 'pillow-12';

/**
 * Resizes as Pillow's `Image.resize` does, bit for bit: two passes in fixed point with 8-bit samples between them. A
 * pass over an axis that keeps its size is left out. Source: Pillow 13.0.0, src/libImaging/Resample.c.
 */
export function resample(picture: Picture, { width, height, filter, like }: ResampleOptions): Picture {
  if (filter === 'nearest') return nearest(picture, width, height);
  const kernel = resamplingFilters[filter];
  const resizeWidth = (given: Picture): Picture =>
    given.width === width ? given : horizontalPass(given, width, resamplingWeights(given.width, width, kernel));
  const resizeHeight = (given: Picture): Picture =>
    given.height === height ? given : verticalPass(given, height, resamplingWeights(given.height, height, kernel));
  return isVerticalFirst(picture, { width, height, like })
    ? resizeWidth(resizeHeight(picture))
    : resizeHeight(resizeWidth(picture));
}

/**
 * The samples between the passes are rounded, so their order shows in the result. Pillow 13 begins with the vertical
 * pass where more than twice as many rows go as columns; before, only pictures over 100 times higher than wide did.
 */
function isVerticalFirst(
  picture: Picture,
  { width, height, like }: { readonly width: number; readonly height: number; readonly like: PillowVersion },
): boolean {
  const fewerRows = picture.height - height;
  if (fewerRows <= 0) return false;
  return like === 'pillow-13' ? fewerRows > (picture.width - width) * 2 : picture.height > picture.width * 100;
}

const half = 1 << (fractionBits - 1);

function horizontalPass({ width, height, channels, data }: Picture, target: number, axis: ResamplingWeights): Picture {
  const resized = new Uint8ClampedArray(target * height * channels);
  const { taps, starts, counts, weights } = axis;
  let written = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < target; x++) {
      const first = (y * width + starts[x]!) * channels;
      const count = counts[x]!;
      for (let channel = 0; channel < channels; channel++) {
        let sum = half;
        for (let tap = 0, source = first + channel; tap < count; tap++, source += channels) {
          sum += Math.imul(data[source]!, weights[x * taps + tap]!);
        }
        resized[written++] = sum >> fractionBits;
      }
    }
  }
  return { width: target, height, channels, data: new Uint8Array(resized.buffer) };
}

/** Adds whole source rows, weighted, to a row of sums: memory is read in order. */
function verticalPass({ width, channels, data }: Picture, target: number, axis: ResamplingWeights): Picture {
  const stride = width * channels;
  const resized = new Uint8ClampedArray(stride * target);
  const sums = new Int32Array(stride);
  const { taps, starts, counts, weights } = axis;
  for (let y = 0; y < target; y++) {
    sums.fill(half);
    for (let tap = 0; tap < counts[y]!; tap++) {
      const weight = weights[y * taps + tap]!;
      const start = (starts[y]! + tap) * stride;
      for (let x = 0; x < stride; x++) sums[x] = sums[x]! + Math.imul(data[start + x]!, weight);
    }
    for (let x = 0; x < stride; x++) resized[y * stride + x] = sums[x]! >> fractionBits;
  }
  return { width, height: target, channels, data: new Uint8Array(resized.buffer) };
}
