/** What the filters of a line need; all are of the line's length. */
interface Line {
  readonly filtered: Uint8Array;
  /** Written. */
  readonly samples: Uint8Array;
  /** The line above, unfiltered; zeros above the first. */
  readonly above: Uint8Array;
}

type Unfilter = (line: Line, channels: number) => void;

/** By the number in front of each line; ISO/IEC 15948, 9.2. Bytes wrap around. */
const unfilters: readonly Unfilter[] = [
  ({ filtered, samples }) => samples.set(filtered),
  ({ filtered, samples }, channels) => {
    samples.set(filtered.subarray(0, channels));
    for (let at = channels; at < samples.length; at++) samples[at] = filtered[at]! + samples[at - channels]!;
  },
  ({ filtered, samples, above }) => {
    for (let at = 0; at < samples.length; at++) samples[at] = filtered[at]! + above[at]!;
  },
  ({ filtered, samples, above }, channels) => {
    for (let at = 0; at < channels; at++) samples[at] = filtered[at]! + (above[at]! >> 1);
    for (let at = channels; at < samples.length; at++) {
      samples[at] = filtered[at]! + ((samples[at - channels]! + above[at]!) >> 1);
    }
  },
  ({ filtered, samples, above }, channels) => {
    for (let at = 0; at < channels; at++) samples[at] = filtered[at]! + above[at]!;
    for (let at = channels; at < samples.length; at++) {
      samples[at] = filtered[at]! + nearest(samples[at - channels]!, above[at]!, above[at - channels]!);
    }
  },
];

/** The Paeth predictor: whichever of left, above and above left is nearest to left + above - above left, the first of equals. */
function nearest(left: number, above: number, aboveLeft: number): number {
  const toLeft = Math.abs(above - aboveLeft);
  const toAbove = Math.abs(left - aboveLeft);
  const toAboveLeft = Math.abs(left + above - 2 * aboveLeft);
  if (toLeft <= toAbove && toLeft <= toAboveLeft) return left;
  return toAbove <= toAboveLeft ? above : aboveLeft;
}

/**
 * Lines of a filter's number and `lineBytes` filtered bytes each → their samples, one line after the other. `undefined` for a
 * number that is no filter's.
 */
export function portableUnfilter(lines: Uint8Array, lineBytes: number, channels: number): Uint8Array | undefined {
  const height = lines.length / (lineBytes + 1);
  const unfiltered = new Uint8Array(height * lineBytes);
  let above: Uint8Array = new Uint8Array(lineBytes);
  for (let y = 0; y < height; y++) {
    const from = y * (lineBytes + 1);
    const unfilter = unfilters[lines[from]!];
    if (unfilter === undefined) return undefined;
    const samples = unfiltered.subarray(y * lineBytes, (y + 1) * lineBytes);
    unfilter({ filtered: lines.subarray(from + 1, from + 1 + lineBytes), samples, above }, channels);
    above = samples;
  }
  return unfiltered;
}
