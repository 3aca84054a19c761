import { pixelKernel } from '../image/pixel-kernel.ts';

/** Bytes without a pattern, fast: an avalanche of their index. */
export function scattered(length: number, seed = 0): Uint8Array {
  const bytes = new Uint8Array(length);
  for (let at = 0; at < length; at++) {
    const mixed = Math.imul(at + seed + 1, 0x9e3779b1);
    bytes[at] = Math.imul(mixed ^ (mixed >>> 15), 0x85ebca77) >>> 24;
  }
  return bytes;
}

/** What other kernels may have left in the memory that all share. */
export function soilKernelMemory(): void {
  pixelKernel().memory.fill(0xa5);
}

/** Grey of RGB pixels as Pillow's `convert('L')`: ITU-R 601-2 in 16 fraction bits. */
export function plainGrey(rgb: Uint8Array): Uint8Array {
  return Uint8Array.from({ length: rgb.length / 3 }, (_, pixel) => {
    const [red, green, blue] = rgb.subarray(pixel * 3, pixel * 3 + 3);
    return (red! * 19595 + green! * 38470 + blue! * 7471 + 0x8000) >>> 16;
  });
}

/** Whether both hold the same bytes; a deep comparison takes very long. */
export function sameBytes(one: ArrayBufferView | undefined, other: ArrayBufferView): boolean {
  return one?.byteLength === other.byteLength && Buffer.compare(bufferOf(one), bufferOf(other)) === 0;
}

function bufferOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Buffer {
  return Buffer.from(buffer as ArrayBuffer, byteOffset, byteLength);
}
