import type { Picture } from './picture.ts';
import { kernelMemoryBytes, slackBytes } from './kernel-memory.ts';
import { resamplingKernel } from './resampling-kernel.ts';
import type { ResamplingPass } from './resampling-passes.ts';
import type { ResamplingWeights } from './resampling-weights.ts';

type LimitedPass = (...parameters: Parameters<ResamplingPass>) => Picture | undefined;

const int32Bytes = Int32Array.BYTES_PER_ELEMENT;
/** In front of the axes: what the kernel uses itself. */
const axesAt = 16;
/** Weights that the kernel takes in one go; those that fill up are 0. */
const tapsAtOnce = 4;

/** As `horizontalPass`, some eight times as fast. `undefined` where a single row is too long for the kernel's memory. */
export const simdHorizontalPass: LimitedPass = (picture, target, axis) => {
  const { width, height, channels, data } = picture;
  const places = writeAxis(axis, { at: axesAt, paired: channels === 3 });
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
    resizeRows(source, stride, rows, written, target, places.starts, places.counts, places.weights, places.taps);
    resized.set(memory.subarray(written, written + rows * targetStride), from * targetStride);
  }
  return { width: target, height, channels, data: resized };
};

/** As `verticalPass`, some eight times as fast. `undefined` where the rows of one target row are too much for the kernel's memory. */
export const simdVerticalPass: LimitedPass = (picture, target, axis) => {
  const { width, channels, data } = picture;
  const places = writeAxis(axis, { at: axesAt, paired: true });
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
      const weights = places.weights + y * places.taps * int32Bytes;
      verticalRow(source, stride, written + (y - from) * stride, axis.counts[y]!, weights);
    }
    resized.set(memory.subarray(written, written + (to - from) * stride), from * stride);
    from = to;
  }
  return { width, height: target, channels, data: resized };
};

/** One axis of a picture: its new length, and the weights that lead there. */
export interface ResizedAxis {
  readonly target: number;
  readonly axis: ResamplingWeights;
}

/**
 * As `simdHorizontalPass`, then `simdVerticalPass`; what lies between them stays in the kernel's memory. `undefined` where not all fits
 * into it.
 */
export function simdBothPasses(picture: Picture, across: ResizedAxis, down: ResizedAxis): Picture | undefined {
  const { width, height, channels, data } = picture;
  const columns = writeAxis(across.axis, { at: axesAt, paired: channels === 3 });
  if (columns === undefined) return undefined;
  const rows = writeAxis(down.axis, { at: columns.end, paired: true });
  if (rows === undefined) return undefined;
  const stride = across.target * channels;
  const between = rows.end + data.length + slackBytes;
  const written = between + height * stride + slackBytes;
  const end = written + down.target * stride;
  // The row behind the last one is read as well, though it has no weight.
  if (end + stride + slackBytes > kernelMemoryBytes) return undefined;
  const { memory, horizontalGrey, horizontalRgb, verticalRow } = resamplingKernel();
  const resizeRows = channels === 1 ? horizontalGrey : horizontalRgb;
  const { starts, counts, weights, taps } = columns;
  memory.set(data, rows.end);
  resizeRows(rows.end, width * channels, height, between, across.target, starts, counts, weights, taps);
  for (let y = 0; y < down.target; y++) {
    const source = between + down.axis.starts[y]! * stride;
    verticalRow(source, stride, written + y * stride, down.axis.counts[y]!, rows.weights + y * rows.taps * int32Bytes);
  }
  return { width: across.target, height: down.target, channels, data: memory.slice(written, end) };
}

/** Addresses in the kernel's memory; `end` is the first free one. */
interface AxisPlaces {
  readonly starts: number;
  readonly counts: number;
  readonly weights: number;
  /** Row length of the weights as they lie there. */
  readonly taps: number;
  readonly end: number;
}

/** `undefined` where an axis alone fills the memory. */
function writeAxis(
  { taps: given, starts, counts, weights }: ResamplingWeights,
  { at, paired }: { readonly at: number; readonly paired: boolean },
): AxisPlaces | undefined {
  const taps = Math.ceil(given / tapsAtOnce) * tapsAtOnce;
  const countsAt = at + starts.byteLength;
  const weightsAt = countsAt + counts.byteLength;
  const end = weightsAt + starts.length * taps * int32Bytes;
  if (end + 2 * slackBytes >= kernelMemoryBytes) return undefined;
  const { memory, pairWeights } = resamplingKernel();
  const numbers = new Int32Array(memory.buffer);
  numbers.set(starts, at / int32Bytes);
  numbers.set(counts, countsAt / int32Bytes);
  const first = weightsAt / int32Bytes;
  numbers.fill(0, first, end / int32Bytes);
  for (let position = 0; position < starts.length; position++)
    numbers.set(weights.subarray(position * given, (position + 1) * given), first + position * taps);
  if (paired) pairWeights(weightsAt, starts.length * taps, weightsAt);
  return { starts: at, counts: countsAt, weights: weightsAt, taps, end };
}

/** The first target row behind those that fit, with all their source rows, into `rowsThatFit` rows. */
function endOfStrip(axis: ResamplingWeights, from: number, rowsThatFit: number): number {
  let to = from;
  while (to < axis.starts.length && lastRow(axis, to) - axis.starts[from]! + (to + 1 - from) <= rowsThatFit) to++;
  return to;
}

/** The first source row that target row `y` does not need. */
const lastRow = ({ starts, counts }: ResamplingWeights, y: number): number => starts[y]! + counts[y]!;
