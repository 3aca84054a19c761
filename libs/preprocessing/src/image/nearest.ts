import type { Picture } from './picture.ts';

/** Resizes by taking the source pixel under each target pixel's centre, as Pillow does. */
export function nearest({ width, height, channels, data }: Picture, newWidth: number, newHeight: number): Picture {
  const columns = sourcePositions(width, newWidth);
  const rows = sourcePositions(height, newHeight);
  const resized = new Uint8Array(newWidth * newHeight * channels);
  let written = 0;
  for (const row of rows) {
    for (const column of columns) {
      const source = (row * width + column) * channels;
      for (let channel = 0; channel < channels; channel++) resized[written++] = data[source + channel]!;
    }
  }
  return { width: newWidth, height: newHeight, channels, data: resized };
}

/** Pillow adds the scale up instead of multiplying; the rounding of that sum decides between two neighbours. */
function sourcePositions(source: number, target: number): Int32Array {
  const scale = source / target;
  const positions = new Int32Array(target);
  let centre = scale * 0.5;
  for (let position = 0; position < target; position++, centre += scale) {
    positions[position] = Math.min(Math.trunc(centre), source - 1);
  }
  return positions;
}
