import type { Picture } from './picture.ts';

/** A rectangle inside a picture, in pixels. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** The pixels in the box, copied. */
export function cropPicture({ width, channels, data }: Picture, box: Box): Picture {
  const cropped = new Uint8Array(box.width * box.height * channels);
  for (let y = 0; y < box.height; y++) {
    const start = ((box.top + y) * width + box.left) * channels;
    cropped.set(data.subarray(start, start + box.width * channels), y * box.width * channels);
  }
  return { width: box.width, height: box.height, channels, data: cropped };
}
