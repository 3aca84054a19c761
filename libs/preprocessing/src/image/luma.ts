/** Grey of the RGB pixel at `start`, 0–255: ITU-R 601-2 in 16 fraction bits, as Pillow's `convert('L')`. */
export function luma(rgb: Uint8Array, start: number): number {
  return (rgb[start]! * 19595 + rgb[start + 1]! * 38470 + rgb[start + 2]! * 7471 + 0x8000) >>> 16;
}
