import { mapStrips } from './kernel-strips.ts';
import { pixelKernel } from './pixel-kernel.ts';

const oneToOne = { read: 1, written: 1 };

/** Each sample replaced by what `table`, uint8 [256], has for it. */
export function lookUp(data: Uint8Array, table: Uint8Array): Uint8Array {
  const kernel = pixelKernel();
  kernel.memory.set(table, 0);
  return mapStrips(kernel.memory, data, oneToOne, (source, count, target) => kernel.lookUp(source, count, target, 0));
}

/** uint8 [256] of a function of the level. */
export function levelTable(levelFor: (level: number) => number): Uint8Array {
  const table = new Uint8Array(256);
  for (let level = 0; level < table.length; level++) table[level] = levelFor(level);
  return table;
}
