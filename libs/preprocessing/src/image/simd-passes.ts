import type { Picture } from './picture.ts';
import { kernelMemoryBytes, slackBytes } from './kernel-memory.ts';
import { resamplingKernel } from './resampling-kernel.ts';
import type { ResamplingPass } from './resampling-passes.ts';
import type { ResamplingWeights } from './resampling-weights.ts';

type LimitedPass = (...parameters: Parameters<ResamplingPass>) => Picture | undefined;

const int32Bytes = Int32Array.BYTES_PER_ELEMENT;

/** As `horizontalPass`, some eight times as fast. `undefined` where a single row is too long for the kernel's memory. */
export const simdHorizontalPass: LimitedPass = (picture, target, axis) => {
  const { width, height, channels, data } = picture;
  const places = writeAxis(axis);
  const [stride, targetStride] = [width * channels, target * channels];
  const rowsAtOnce = Math.floor((kernelMemoryBytes - (places?.end ?? 0) - 2 * slackBytes) / (stride + targetStride));
  if (places === undefined || rowsAtOnce < 1) return undefined;
  const { memory, horizontalGrey, horizontalRgb } = resamplingKernel();
  const resizeRows = channels === 1 ? horizontalGrey : horizontalRgb;
  const resized = new Uint8Array(height * targetStride);
  for (let from = 0; from < height; from += rowsAtOnce) {
    const rows = Math.min(rowsAtOnce, height - from);
    const source = places.end;
    const written = source + rows * stride + slackBytes;
    memory.set(data.subarray(from * stride, (from + rows) * stride), source);
    resizeRows(source, stride, rows, written, target, places.starts, places.counts, places.weights, axis.taps);
    resized.set(memory.subarray(written, written + rows * targetStride), from * targetStride);
  }
  return { width: target, height, channels, data: resized };
};

/** As `verticalPass`, some eight times as fast. `undefined` where the rows of one target row are too much for the kernel's memory. */
export const simdVerticalPass: LimitedPass = (picture, target, axis) => {
  const { width, channels, data } = picture;
  const places = writeAxis(axis);
  if (places === undefined) return undefined;
  const stride = width * channels;
  const { memory, verticalRow } = resamplingKernel();
  const resized = new Uint8Array(target * stride);
  const rowsThatFit = Math.floor((kernelMemoryBytes - places.end - 2 * slackBytes) / stride);
  let from = 0;
  while (from < target) {
    const to = endOfStrip(axis, from, rowsThatFit);
    if (to === from) return undefined;
    const firstRow = axis.starts[from]!;
    const rows = lastRow(axis, to - 1) - firstRow;
    const written = places.end + rows * stride + slackBytes;
    memory.set(data.subarray(firstRow * stride, (firstRow + rows) * stride), places.end);
    for (let y = from; y < to; y++) {
      const source = places.end + (axis.starts[y]! - firstRow) * stride;
      const weights = places.weights + y * axis.taps * int32Bytes;
      verticalRow(source, stride, written + (y - from) * stride, axis.counts[y]!, weights);
    }
    resized.set(memory.subarray(written, written + (to - from) * stride), from * stride);
    from = to;
  }
  return { width, height: target, channels, data: resized };
};

/** Addresses in the kernel's memory; `end` is the first free one. */
interface AxisPlaces {
  readonly starts: number;
  readonly counts: number;
  readonly weights: number;
  readonly end: number;
}

/** `undefined` where an axis alone fills the memory. */
function writeAxis({ starts, counts, weights }: ResamplingWeights): AxisPlaces | undefined {
  const countsAt = starts.byteLength;
  const weightsAt = countsAt + counts.byteLength;
  const end = weightsAt + weights.byteLength;
  if (end + 2 * slackBytes >= kernelMemoryBytes) return undefined;
  const { memory } = resamplingKernel();
  const numbers = new Int32Array(memory.buffer);
  numbers.set(starts, 0);
  numbers.set(counts, countsAt / int32Bytes);
  numbers.set(weights, weightsAt / int32Bytes);
  return { starts: 0, counts: countsAt, weights: weightsAt, end };
}

/** The first target row behind those that fit, with all their source rows, into `rowsThatFit` rows. */
function endOfStrip(axis: ResamplingWeights, from: number, rowsThatFit: number): number {
  let to = from;
  while (to < axis.starts.length && lastRow(axis, to) - axis.starts[from]! + (to + 1 - from) <= rowsThatFit) to++;
  return to;
}

/** The first source row that target row `y` does not need. */
const lastRow = ({ starts, counts }: ResamplingWeights, y: number): number => starts[y]! + counts[y]!;
