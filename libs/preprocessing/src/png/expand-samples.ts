import type { DecodedImage } from '../image-decoder.ts';
import { cropPicture } from '../image/crop-picture.ts';
import { expand, expansionTable } from '../image/expand.ts';
import { darkestAndLightest } from '../image/levels.ts';
import type { PlainPng } from './read-plain-png.ts';

/** Lines of packed samples → a picture of 8 bits a sample. `undefined` for a place that the palette does not have. */
export function expandSamples(png: PlainPng, lines: Uint8Array): DecodedImage | undefined {
  const { width, height, depth, samples, palette } = png;
  if (palette !== undefined) return lookUpColours(png, palette, depth === 8 ? lines : unpack(png, lines, 1));
  const data = depth === 8 ? lines : unpack(png, lines, 255 / (2 ** depth - 1));
  return { width, height, channels: samples, data };
}

/** One value, `scale` times, a byte; each line begins with a byte of its own, the leftmost value in its highest bits. */
function unpack({ width, height, depth }: PlainPng, lines: Uint8Array, scale: number): Uint8Array {
  const inByte = 8 / depth;
  const mask = 2 ** depth - 1;
  const table = expansionTable(inByte, (byte, place) => ((byte >> (8 - depth * (place + 1))) & mask) * scale);
  const data = expand(lines, table, inByte);
  const wholeWidth = data.length / height;
  if (wholeWidth === width) return data;
  const whole = { width: wholeWidth, height, channels: 1, data } as const;
  return cropPicture(whole, { left: 0, top: 0, width, height }).data;
}

function lookUpColours(
  { width, height }: PlainPng,
  { colours, alphas }: NonNullable<PlainPng['palette']>,
  places: Uint8Array,
): DecodedImage | undefined {
  const [, lastPlace] = darkestAndLightest(places);
  if (lastPlace * 3 >= colours.length) return undefined;
  const channels = alphas === undefined ? 3 : 4;
  const table = expansionTable(channels, (place, channel) =>
    channel === 3 ? (alphas?.[place] ?? 255) : (colours[place * 3 + channel] ?? 0),
  );
  return { width, height, channels, data: expand(places, table, channels) };
}
