import { instantiateKernel, kernelMemoryBytes, slackBytes } from '../image/kernel-memory.ts';
import { portableUnfilter } from './portable-unfilter.ts';
import { unfilterKernelBase64 } from './unfilter-kernel-bytes.ts';

/** What `assembly/unfilter.ts` exports; addresses are bytes of `memory`. */
interface UnfilterKernel {
  readonly memory: Uint8Array;
  /** 0 for a number that is no filter's. */
  readonly unfilter: (
    ...lines: [source: number, lineBytes: number, lines: number, target: number, channels: number]
  ) => 0 | 1;
}

let kernel: UnfilterKernel | undefined;

/** As `portableUnfilter`, many times as fast, into the memory of `lines`: whoever calls it has no more use for them. */
export function unfilterLines(lines: Uint8Array, lineBytes: number, channels: number): Uint8Array | undefined {
  const linesAtOnce = Math.floor((kernelMemoryBytes - lineBytes - 2 * slackBytes) / (2 * lineBytes + 1));
  if (linesAtOnce < 1) return portableUnfilter(lines, lineBytes, channels);
  const { memory, unfilter } = (kernel ??= instantiateKernel<Omit<UnfilterKernel, 'memory'>>(unfilterKernelBase64));
  const height = lines.length / (lineBytes + 1);
  memory.fill(0, 0, lineBytes);
  for (let from = 0; from < height; from += linesAtOnce) {
    const count = Math.min(linesAtOnce, height - from);
    const source = (count + 1) * lineBytes + slackBytes;
    memory.set(lines.subarray(from * (lineBytes + 1), (from + count) * (lineBytes + 1)), source);
    if (unfilter(source, lineBytes, count, lineBytes, channels) === 0) return undefined;
    lines.set(memory.subarray(lineBytes, (count + 1) * lineBytes), from * lineBytes);
    memory.copyWithin(0, count * lineBytes, (count + 1) * lineBytes);
  }
  return ownBytes(lines, height * lineBytes);
}

/** The first ones; a copy where they lie in memory that others use, as small Buffers do. */
function ownBytes({ buffer, byteOffset }: Uint8Array, length: number): Uint8Array {
  const bytes = new Uint8Array(buffer, byteOffset, length);
  return buffer.byteLength > 2 * length + 64 ? bytes.slice() : bytes;
}
