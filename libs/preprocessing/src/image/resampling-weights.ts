import type { ResamplingFilter } from './resampling-filter.ts';

/** Pillow's PRECISION_BITS: 32 bits less 8 of the sample less 2 for what negative lobes add. */
export const fractionBits = 22;

/** For every target position: where its source positions begin, how many there are, and the weight of each. */
export interface ResamplingWeights {
  /** Most taps of any position; row length of `weights`. */
  readonly taps: number;
  /** int32 [target]. */
  readonly starts: Int32Array;
  /** int32 [target]. */
  readonly counts: Int32Array;
  /** int32 [target, taps], 22 fraction bits. */
  readonly weights: Int32Array;
}

/** One axis of Pillow's resampling: on downscaling the kernel is widened by the scale, so no source pixel is skipped. */
export function resamplingWeights(source: number, target: number, filter: ResamplingFilter): ResamplingWeights {
  const scale = source / target;
  const widening = Math.max(scale, 1);
  const support = filter.support * widening;
  const taps = Math.ceil(support) * 2 + 1;
  const starts = new Int32Array(target);
  const counts = new Int32Array(target);
  const weights = new Int32Array(target * taps);
  const exact = new Float64Array(taps);
  for (let position = 0; position < target; position++) {
    const centre = (position + 0.5) * scale;
    const start = Math.max(0, Math.trunc(centre - support + 0.5));
    const count = Math.min(source, Math.trunc(centre + support + 0.5)) - start;
    let sum = 0;
    for (let tap = 0; tap < count; tap++) {
      exact[tap] = filter.weight((tap + start - centre + 0.5) * (1 / widening));
      sum += exact[tap]!;
    }
    for (let tap = 0; tap < count; tap++) {
      weights[position * taps + tap] = toFixedPoint(sum === 0 ? exact[tap]! : exact[tap]! / sum);
    }
    starts[position] = start;
    counts[position] = count;
  }
  return { taps, starts, counts, weights };
}

/** Rounds half away from zero. */
function toFixedPoint(weight: number): number {
  const scaled = weight * (1 << fractionBits);
  return Math.trunc(weight < 0 ? scaled - 0.5 : scaled + 0.5);
}
