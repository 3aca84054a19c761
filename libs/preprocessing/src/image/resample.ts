import { nearest } from './nearest.ts';
import type { Picture } from './picture.ts';
import { resamplingFilters } from './resampling-filter.ts';
import type { FilterName } from './resampling-filter.ts';
import { horizontalPass, verticalPass } from './resampling-passes.ts';
import type { ResamplingPass } from './resampling-passes.ts';
import { resamplingWeights } from './resampling-weights.ts';
import { simdBothPasses, simdHorizontalPass, simdVerticalPass } from './simd-passes.ts';

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
  const isVerticalThenHorizontal = isVerticalFirst(picture, { width, height, like });
  if (!isVerticalThenHorizontal && picture.width !== width && picture.height !== height) {
    const across = { target: width, axis: resamplingWeights(picture.width, width, kernel) };
    const down = { target: height, axis: resamplingWeights(picture.height, height, kernel) };
    const resized = simdBothPasses(picture, across, down);
    if (resized !== undefined) return resized;
  }
  const resizeWidth = (given: Picture): Picture =>
    given.width === width ? given : resizeRows(given, width, resamplingWeights(given.width, width, kernel));
  const resizeHeight = (given: Picture): Picture =>
    given.height === height ? given : resizeColumns(given, height, resamplingWeights(given.height, height, kernel));
  return isVerticalThenHorizontal ? resizeWidth(resizeHeight(picture)) : resizeHeight(resizeWidth(picture));
}

const resizeRows: ResamplingPass = (...pass) => simdHorizontalPass(...pass) ?? horizontalPass(...pass);
const resizeColumns: ResamplingPass = (...pass) => simdVerticalPass(...pass) ?? verticalPass(...pass);

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
