import type { Box } from './crop-picture.ts';
import { forStrips, unitsAtOnce } from './kernel-strips.ts';
import type { Picture } from './picture.ts';
import { pixelKernel } from './pixel-kernel.ts';

/** First and last column, first and last row that hold something. */
interface Edges {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** The smallest box of all pixels of a grey picture at or above `threshold`; `undefined` where there is none. */
export function contentBox(picture: Picture, threshold: number): Box | undefined {
  const isLong = unitsAtOnce({ read: picture.width, written: 0 }) < 1;
  const { left, right, top, bottom } = (isLong ? portableEdges : kernelEdges)(picture, threshold);
  return bottom < 0 ? undefined : { left, top, width: right - left + 1, height: bottom - top + 1 };
}

function kernelEdges({ width, height, data }: Picture, threshold: number): Edges {
  const kernel = pixelKernel();
  const found = new Int32Array(kernel.memory.buffer, 0, 4);
  const edges = { left: width, right: -1, top: height, bottom: -1 };
  forStrips(kernel.memory, data, { read: width, written: 0 }, ({ source, units, from }) => {
    kernel.contentBox(source, width, units, threshold, 0);
    const [left, right, top, bottom] = found as unknown as [number, number, number, number];
    edges.left = Math.min(edges.left, left);
    edges.right = Math.max(edges.right, right);
    if (bottom >= 0) edges.top = Math.min(edges.top, from + top);
    if (bottom >= 0) edges.bottom = from + bottom;
  });
  return edges;
}

/** Any picture, with nothing but JavaScript. */
export function portableEdges({ width, height, data }: Picture, threshold: number): Edges {
  const edges = { left: width, right: -1, top: height, bottom: -1 };
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (data[y * width + x]! < threshold) continue;
      edges.left = Math.min(edges.left, x);
      edges.right = Math.max(edges.right, x);
      edges.top = Math.min(edges.top, y);
      edges.bottom = y;
    }
  }
  return edges;
}
