import { mapStrips } from './kernel-strips.ts';
import { pixelKernel } from './pixel-kernel.ts';

const mostBytes = 8;

/** Each byte replaced by the `sizeBytes` bytes (up to 8) that `table`, uint8 [256, sizeBytes], has for it. */
export function expand(data: Uint8Array, table: Uint8Array, sizeBytes: number): Uint8Array {
  const kernel = pixelKernel();
  for (let value = 0; value < 256; value++) {
    for (let byte = 0; byte < sizeBytes; byte++) {
      kernel.memory[value * mostBytes + byte] = table[value * sizeBytes + byte]!;
    }
  }
  return mapStrips(kernel.memory, data, { read: 1, written: sizeBytes }, (source, count, target) =>
    kernel.expand(source, count, target, 0, sizeBytes),
  );
}

/** uint8 [256, sizeBytes] of a function of the byte and the place. */
export function expansionTable(sizeBytes: number, byteFor: (value: number, place: number) => number): Uint8Array {
  return Uint8Array.from({ length: 256 * sizeBytes }, (_, at) => byteFor(Math.floor(at / sizeBytes), at % sizeBytes));
}
