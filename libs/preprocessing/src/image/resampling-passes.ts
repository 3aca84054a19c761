import type { Picture } from './picture.ts';
import { fractionBits } from './resampling-weights.ts';
import type { ResamplingWeights } from './resampling-weights.ts';

/** Resizes one axis of a picture to `target`; the other stays. */
export type ResamplingPass = (picture: Picture, target: number, axis: ResamplingWeights) => Picture;

const half = 1 << (fractionBits - 1);

/** Any picture, with nothing but JavaScript. */
export const horizontalPass: ResamplingPass = ({ width, height, channels, data }, target, axis) => {
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
};

/** Any picture, with nothing but JavaScript. Adds whole source rows, weighted, to a row of sums: memory is read in order. */
export const verticalPass: ResamplingPass = ({ width, channels, data }, target, axis) => {
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
};
