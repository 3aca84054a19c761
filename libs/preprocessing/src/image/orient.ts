import type { DecodedImage } from '../image-decoder.ts';

/** Where the source's pixel for column 0, row 0 of the result lies, and the step to the next column and row. */
interface Walk {
  readonly start: number;
  readonly column: number;
  readonly row: number;
}

/**
 * Turns and mirrors a picture upright as its EXIF orientation says (1–8, TIFF 6.0 tag 274; others are taken as 1), as
 * Pillow's `ImageOps.exif_transpose` does.
 */
export function orient(image: DecodedImage, orientation: number): DecodedImage {
  const walk = walkOf(image.width, image.height, orientation);
  if (walk === undefined) return image;
  const { channels } = image;
  const [width, height] = orientation >= 5 ? [image.height, image.width] : [image.width, image.height];
  const walked = channels === 3 ? walkRgb : walkAny;
  return { width, height, channels, data: walked(image, walk, { width, height }) };
}

interface Size {
  readonly width: number;
  readonly height: number;
}

type WalkThrough = (image: DecodedImage, walk: Walk, size: Size) => Uint8Array;

const walkAny: WalkThrough = ({ channels, data }, walk, { width, height }) => {
  const upright = new Uint8Array(data.length);
  let target = 0;
  for (let y = 0; y < height; y++) {
    let pixel = walk.start + y * walk.row;
    for (let x = 0; x < width; x++, pixel += walk.column) {
      for (let channel = 0; channel < channels; channel++) upright[target++] = data[pixel * channels + channel]!;
    }
  }
  return upright;
};

/** As `walkAny`; without a loop in the loop. */
const walkRgb: WalkThrough = ({ data }, walk, { width, height }) => {
  const upright = new Uint8Array(data.length);
  const [column, row] = [walk.column * 3, walk.row * 3];
  let target = 0;
  for (let y = 0; y < height; y++) {
    let source = walk.start * 3 + y * row;
    for (let x = 0; x < width; x++, source += column, target += 3) {
      upright[target] = data[source]!;
      upright[target + 1] = data[source + 1]!;
      upright[target + 2] = data[source + 2]!;
    }
  }
  return upright;
};

function walkOf(width: number, height: number, orientation: number): Walk | undefined {
  const last = width * height - 1;
  const bottomLeft = last - width + 1;
  const walks: Record<number, Walk> = {
    2: { start: width - 1, column: -1, row: width },
    3: { start: last, column: -1, row: -width },
    4: { start: bottomLeft, column: 1, row: -width },
    5: { start: 0, column: width, row: 1 },
    6: { start: bottomLeft, column: -width, row: 1 },
    7: { start: last, column: -width, row: -1 },
    8: { start: width - 1, column: width, row: -1 },
  };
  return walks[orientation];
}
