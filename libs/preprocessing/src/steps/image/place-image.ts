import { z } from 'zod';
import { defineStep } from '../../define-step.ts';
import { requireGreyPicture, requirePicture, withPicture } from '../../image/picture.ts';
import type { Picture } from '../../image/picture.ts';
import { perRow } from '../../per-row.ts';
import { RowRejection } from '../../step.ts';
import { fieldName, level, side } from '../../step-params.ts';

/** Lays a picture on a larger canvas. */
export const placeImage = defineStep({
  name: 'place-image',
  summary: 'Lays a picture on a canvas, its centre or (grey only) its centre of mass in the middle as far as it fits.',
  keepsNothing: true,
  params: z.strictObject({
    field: fieldName,
    width: side,
    height: side,
    anchor: z.enum(['center-of-mass', 'center']),
    background: level.default(0),
  }),
  create({ field, width, height, anchor, background }) {
    return perRow('place-image', (row) => {
      const picture = anchor === 'center' ? requirePicture(row, field) : requireGreyPicture(row, field);
      if (picture.width > width || picture.height > height) {
        const expected = `at most ${width} x ${height} pixels`;
        return new RowRejection({ field, expected, got: `${picture.width} x ${picture.height}` });
      }
      const room = { width, height };
      const start = anchor === 'center' ? centred(picture, room) : massCentred(picture, room);
      return withPicture(row, field, paste(picture, { ...room, ...start, background }));
    });
  },
});

interface Size {
  readonly width: number;
  readonly height: number;
}

interface Start {
  readonly left: number;
  readonly top: number;
}

function centred(picture: Size, room: Size): Start {
  return {
    left: Math.floor((room.width - picture.width) / 2),
    top: Math.floor((room.height - picture.height) / 2),
  };
}

/** Centres in doubled coordinates, so that they stay integers: pixel x spans [2x, 2x + 2]. All-black: all weigh 1. */
function massCentred({ width, height, data }: Picture, room: Size): Start {
  const isBlack = data.every((pixel) => pixel === 0);
  let [total, doubledX, doubledY] = [0, 0, 0];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const weight = isBlack ? 1 : data[y * width + x]!;
      total += weight;
      doubledX += weight * (2 * x + 1);
      doubledY += weight * (2 * y + 1);
    }
  }
  const startOf = (length: number, space: number, doubled: number): number => {
    const start = Math.floor((space * total - doubled + total) / (2 * total));
    return Math.min(Math.max(start, 0), space - length);
  };
  return { left: startOf(width, room.width, doubledX), top: startOf(height, room.height, doubledY) };
}

function paste(picture: Picture, canvas: Size & Start & { readonly background: number }): Picture {
  const { channels } = picture;
  const data = new Uint8Array(canvas.width * canvas.height * channels).fill(canvas.background);
  for (let y = 0; y < picture.height; y++) {
    const line = picture.data.subarray(y * picture.width * channels, (y + 1) * picture.width * channels);
    data.set(line, ((canvas.top + y) * canvas.width + canvas.left) * channels);
  }
  return { width: canvas.width, height: canvas.height, channels, data };
}
