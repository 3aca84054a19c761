import type { Picture } from './draft.ts';

const KINDS = [
  { start: 'iVBOR', mediaType: 'image/png', extension: 'png' },
  { start: '/9j/', mediaType: 'image/jpeg', extension: 'jpg' },
  { start: 'UklGR', mediaType: 'image/webp', extension: 'webp' },
];

/** A picture by its first bytes, whatever its name says. */
export function pictureOfBase64(base64: string, fileName?: string): Picture {
  const kind = KINDS.find(({ start }) => base64.startsWith(start));
  const mediaType = kind?.mediaType ?? 'application/octet-stream';
  return { base64, mediaType, fileName: fileName ?? `picture.${kind?.extension ?? 'bin'}` };
}

export const urlOfPicture = ({ mediaType, base64 }: Picture): string => `data:${mediaType};base64,${base64}`;

export const sizeOfPicture = ({ base64 }: Picture): number =>
  Math.floor((base64.length * 3) / 4) - (base64.endsWith('==') ? 2 : base64.endsWith('=') ? 1 : 0);
