const signatures = {
  PNG: [[0, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]]],
  JPEG: [[0, [0xff, 0xd8, 0xff]]],
  WebP: [
    [0, [0x52, 0x49, 0x46, 0x46]],
    [8, [0x57, 0x45, 0x42, 0x50]],
  ],
} as const;

export type ImageType = keyof typeof signatures;

/** The type that the first bytes say; what a caller declares is never trusted. */
export function sniffImageType(bytes: Uint8Array): ImageType | undefined {
  const types = Object.keys(signatures) as ImageType[];
  return types.find((type) =>
    signatures[type].every(([offset, magic]) => magic.every((byte, index) => bytes[offset + index] === byte)),
  );
}
