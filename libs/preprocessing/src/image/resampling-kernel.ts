import { instantiateKernel } from './kernel-memory.ts';
import { resamplingKernelBase64 } from './resampling-kernel-bytes.ts';

/** What `assembly/resampling.ts` exports; addresses are bytes of `memory`, sizes counts. */
export interface ResamplingKernel {
  readonly memory: Uint8Array;
  readonly pairWeights: (weights: number, taps: number, target: number) => void;
  readonly horizontalGrey: HorizontalRows;
  readonly horizontalRgb: HorizontalRows;
  readonly verticalRow: (
    ...row: [source: number, stride: number, target: number, count: number, pairs: number]
  ) => void;
}

type HorizontalRows = (
  ...rows: [
    source: number,
    stride: number,
    rows: number,
    target: number,
    width: number,
    starts: number,
    counts: number,
    weights: number,
    taps: number,
  ]
) => void;

let kernel: ResamplingKernel | undefined;

/** The one instance of this thread: whoever calls it is done with its memory when it returns. */
export function resamplingKernel(): ResamplingKernel {
  return (kernel ??= instantiateKernel<Omit<ResamplingKernel, 'memory'>>(resamplingKernelBase64));
}
