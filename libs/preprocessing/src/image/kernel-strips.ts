import { kernelMemoryBytes, slackBytes } from './kernel-memory.ts';

/** In front of the strips: tables, small results, and the 16 bytes that `assembly/pixels.ts` takes. */
const tableBytes = 4096;

/** Bytes of what is never cut, such as a pixel or a line: as it is read, and as it is written. */
export interface UnitBytes {
  readonly read: number;
  readonly written: number;
}

/** A part of some samples in the kernel's memory. */
export interface Strip {
  readonly source: number;
  /** Divisible by 16. */
  readonly target: number;
  readonly units: number;
  /** Units in front of it. */
  readonly from: number;
}

/** How many units pass at once; 0 where a single one is too long for the kernel's memory. */
export function unitsAtOnce({ read, written }: UnitBytes): number {
  return Math.floor((kernelMemoryBytes - tableBytes - 3 * slackBytes) / (read + written));
}

/** `pass` for each strip of the samples. A unit has to fit: see `unitsAtOnce`. */
export function forStrips(
  memory: Uint8Array,
  samples: Uint8Array,
  unitBytes: UnitBytes,
  pass: (strip: Strip) => void,
): void {
  const { read } = unitBytes;
  const atOnce = unitsAtOnce(unitBytes);
  for (let from = 0; from * read < samples.length; from += atOnce) {
    const strip = samples.subarray(from * read, (from + atOnce) * read);
    memory.set(strip, tableBytes);
    const target = Math.ceil((tableBytes + strip.length + slackBytes) / 16) * 16;
    pass({ source: tableBytes, target, units: strip.length / read, from });
  }
}

/** What a pass writes for all strips, in memory of its own. */
export function mapStrips(
  memory: Uint8Array,
  samples: Uint8Array,
  unitBytes: UnitBytes,
  pass: (source: number, units: number, target: number) => void,
): Uint8Array {
  const { read, written } = unitBytes;
  let mapped: Uint8Array | undefined;
  forStrips(memory, samples, unitBytes, ({ source, target, units, from }) => {
    pass(source, units, target);
    const strip = memory.subarray(target, target + units * written);
    // A copy of the only one: memory that need not be zeroed first.
    if (units * read === samples.length) mapped = strip.slice();
    else (mapped ??= new Uint8Array((samples.length / read) * written)).set(strip, from * written);
  });
  return mapped ?? new Uint8Array();
}
