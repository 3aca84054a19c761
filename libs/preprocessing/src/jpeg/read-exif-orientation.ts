const exifHead = [0x45, 0x78, 0x69, 0x66, 0, 0];
/** Tag, type, count and value. */
const entryBytes = 12;
const orientationTag = 0x0112;
const shortType = 3;

/**
 * The orientation that the content of an EXIF segment names in its first directory (TIFF 6.0), 1 where it names none.
 * `undefined` where that is said in an odd way: readers differ in what they make of it.
 */
export function readExifOrientation(content: Uint8Array): number | undefined {
  const tiff = content.subarray(exifHead.length);
  const view = new DataView(tiff.buffer, tiff.byteOffset, tiff.byteLength);
  if (!exifHead.every((byte, at) => content[at] === byte) || tiff.length < 14) return undefined;
  const isLittle = view.getUint16(0) === 0x4949;
  if (!(isLittle || view.getUint16(0) === 0x4d4d) || view.getUint16(2, isLittle) !== 42) return undefined;
  const directory = view.getUint32(4, isLittle);
  if (directory < 8 || directory + 2 > tiff.length) return undefined;
  const end = directory + 2 + entryBytes * view.getUint16(directory, isLittle);
  if (end > tiff.length) return undefined;
  let orientation: number | undefined;
  for (let at = directory + 2; at < end; at += entryBytes) {
    if (view.getUint16(at, isLittle) !== orientationTag) continue;
    const isOne = view.getUint16(at + 2, isLittle) === shortType && view.getUint32(at + 4, isLittle) === 1;
    const value = view.getUint16(at + 8, isLittle);
    if (!isOne || value < 1 || value > 8 || orientation !== undefined) return undefined;
    orientation = value;
  }
  return orientation ?? 1;
}
