import type { DecodedImage } from '../image-decoder.ts';
import type { PlainPng } from './read-plain-png.ts';

/** Lines of packed samples → a picture of 8 bits a sample. `undefined` for a place that the palette does not have. */
export function expandSamples(png: PlainPng, lines: Uint8Array): DecodedImage | undefined {
  const { width, height, depth, samples, palette } = png;
  if (palette === undefined && depth === 8) return { width, height, channels: samples, data: lines };
  const values = depth === 8 ? lines : unpack(png, lines);
  if (palette !== undefined) return lookUpColours(png, palette, values);
  const scale = 255 / (2 ** depth - 1);
  for (let at = 0; at < values.length; at++) values[at] = values[at]! * scale;
  return { width, height, channels: 1, data: values };
}

/** One value a byte; each line begins with a byte of its own, the leftmost value in its highest bits. */
function unpack({ width, height, depth }: PlainPng, lines: Uint8Array): Uint8Array {
  const lineBytes = lines.length / height;
  const mask = 2 ** depth - 1;
  const values = new Uint8Array(width * height);
  for (let y = 0, at = 0; y < height; y++) {
    for (let bit = y * lineBytes * 8, x = 0; x < width; x++, bit += depth) {
      values[at++] = (lines[bit >> 3]! >> (8 - depth - (bit & 7))) & mask;
    }
  }
  return values;
}

function lookUpColours(
  { width, height }: PlainPng,
  { colours, alphas }: NonNullable<PlainPng['palette']>,
  places: Uint8Array,
): DecodedImage | undefined {
  const channels = alphas === undefined ? 3 : 4;
  const data = new Uint8Array(places.length * channels);
  for (let pixel = 0, at = 0; pixel < places.length; pixel++, at += channels) {
    const place = places[pixel]!;
    if (place * 3 >= colours.length) return undefined;
    data[at] = colours[place * 3]!;
    data[at + 1] = colours[place * 3 + 1]!;
    data[at + 2] = colours[place * 3 + 2]!;
    if (alphas !== undefined) data[at + 3] = alphas[place] ?? 255;
  }
  return { width, height, channels, data };
}
