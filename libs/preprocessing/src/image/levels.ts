import { forStrips } from './kernel-strips.ts';
import { pixelKernel } from './pixel-kernel.ts';

/** The darkest and the lightest of some samples; [255, 0] of none. */
export function darkestAndLightest(data: Uint8Array): [darkest: number, lightest: number] {
  const kernel = pixelKernel();
  let [darkest, lightest] = [255, 0];
  forStrips(kernel.memory, data, { read: 1, written: 0 }, ({ source, units }) => {
    const both = kernel.darkestAndLightest(source, units);
    darkest = Math.min(darkest, both & 255);
    lightest = Math.max(lightest, both >> 8);
  });
  return [darkest, lightest];
}
