import { mapStrips } from './kernel-strips.ts';
import { pixelKernel } from './pixel-kernel.ts';

/** 255 less each sample. */
export function inverted(data: Uint8Array): Uint8Array {
  const { memory, invert } = pixelKernel();
  return mapStrips(memory, data, { read: 1, written: 1 }, invert);
}
