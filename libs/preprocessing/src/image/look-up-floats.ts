import { forStrips } from './kernel-strips.ts';
import { pixelKernel } from './pixel-kernel.ts';

const floatBytes = Float32Array.BYTES_PER_ELEMENT;
const tableBytes = 256 * floatBytes;

type LookUpFloats = (data: Uint8Array, tables: readonly Float32Array[]) => Float32Array<ArrayBuffer>;

/** uint8 [pixels, channels] → float32 [channels, pixels], each channel (up to three) by its table, float32 [256]. */
export const inPlanes: LookUpFloats = (data, tables) => {
  const channels = tables.length;
  const { kernel, floats } = withTables(tables);
  const found = new Float32Array(data.length);
  forStrips(kernel.memory, data, { read: channels, written: floatBytes }, ({ source, target, units, from }) => {
    for (let channel = 0; channel < channels; channel++) {
      kernel.lookUpFloats(source + channel, channels, units, target, floatBytes, channel * tableBytes);
      const plane = floats.subarray(target / floatBytes, target / floatBytes + units);
      found.set(plane, (channel * data.length) / channels + from);
    }
  });
  return found;
};

/** uint8 [pixels, channels] → float32 [pixels, channels], as `inPlanes`. */
export const interleaved: LookUpFloats = (data, tables) => {
  const channels = tables.length;
  const { kernel, floats } = withTables(tables);
  const found = new Float32Array(data.length);
  const pixelBytes = channels * floatBytes;
  forStrips(kernel.memory, data, { read: channels, written: pixelBytes }, ({ source, target, units, from }) => {
    for (let channel = 0; channel < channels; channel++) {
      const written = target + channel * floatBytes;
      kernel.lookUpFloats(source + channel, channels, units, written, pixelBytes, channel * tableBytes);
    }
    found.set(floats.subarray(target / floatBytes, target / floatBytes + units * channels), from * channels);
  });
  return found;
};

function withTables(tables: readonly Float32Array[]): {
  readonly kernel: ReturnType<typeof pixelKernel>;
  readonly floats: Float32Array;
} {
  const kernel = pixelKernel();
  const floats = new Float32Array(kernel.memory.buffer);
  for (const [channel, table] of tables.entries()) floats.set(table, channel * 256);
  return { kernel, floats };
}
