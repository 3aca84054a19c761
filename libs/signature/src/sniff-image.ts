/** What a file is by its first bytes; the first three are what image fields take. */
export type ImageKind =
  'PNG' | 'JPEG' | 'WebP' | 'GIF' | 'BMP' | 'TIFF' | 'PDF' | 'AVIF' | 'HEIF' | 'JPEG XL' | 'ICO' | 'SVG';

const prefixes: readonly (readonly [ImageKind, readonly number[]])[] = [
  ['PNG', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ['JPEG', [0xff, 0xd8, 0xff]],
  ['GIF', [0x47, 0x49, 0x46, 0x38]],
  ['BMP', [0x42, 0x4d]],
  ['TIFF', [0x49, 0x49, 0x2a, 0x00]],
  ['TIFF', [0x4d, 0x4d, 0x00, 0x2a]],
  ['PDF', [0x25, 0x50, 0x44, 0x46]],
  ['ICO', [0x00, 0x00, 0x01, 0x00]],
  ['JPEG XL', [0xff, 0x0a]],
  ['JPEG XL', [0x00, 0x00, 0x00, 0x0c, 0x4a, 0x58, 0x4c, 0x20]],
];

/** Names a file's kind by its magic bytes, whatever its declared type or name; `null` where they are unknown. */
export function sniffImage(bytes: Uint8Array): ImageKind | null {
  const found = prefixes.find(([, prefix]) => prefix.every((byte, index) => bytes[index] === byte));
  if (found !== undefined) return found[0];
  if (latin(bytes, 0, 4) === 'RIFF' && latin(bytes, 8, 12) === 'WEBP') return 'WebP';
  // ISO base media: size, "ftyp", then the brand.
  if (latin(bytes, 4, 8) === 'ftyp') return /^avi[fs]/.test(latin(bytes, 8, 12)) ? 'AVIF' : 'HEIF';
  return /^\W*<(\?xml[^]*<svg|!doctype svg|svg)/i.test(latin(bytes, 0, 512)) ? 'SVG' : null;
}

export function isSupportedImage(kind: ImageKind | null): boolean {
  return kind === 'PNG' || kind === 'JPEG' || kind === 'WebP';
}

function latin(bytes: Uint8Array, from: number, to: number): string {
  return String.fromCharCode(...bytes.subarray(from, to));
}
