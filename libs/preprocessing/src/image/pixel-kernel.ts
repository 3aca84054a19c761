import { instantiateKernel } from './kernel-memory.ts';
import { pixelsKernelBase64 } from './pixels-kernel-bytes.ts';

/** What `assembly/pixels.ts` exports; addresses are bytes of `memory`. */
export interface PixelKernel {
  readonly memory: Uint8Array;
  readonly lookUp: (source: number, count: number, target: number, table: number) => void;
  readonly invert: (source: number, count: number, target: number) => void;
  readonly expand: (
    ...samples: [source: number, count: number, target: number, table: number, sizeBytes: number]
  ) => void;
  readonly lookUpFloats: (
    ...channel: [
      source: number,
      sourceStep: number,
      count: number,
      target: number,
      targetStepBytes: number,
      table: number,
    ]
  ) => void;
  readonly darkestAndLightest: (source: number, count: number) => number;
  readonly contentBox: (
    ...picture: [source: number, width: number, height: number, threshold: number, box: number]
  ) => void;
  readonly greyOfRgb: (source: number, pixels: number, target: number) => void;
  readonly greyOfRgba: Flatten;
  readonly flattenRgba: Flatten;
  readonly flattenGrey: Flatten;
  readonly weighRgba: Weigh;
  readonly weighGrey: Weigh;
}

type Flatten = (source: number, pixels: number, target: number, background: number) => void;
type Weigh = (source: number, pixels: number, sums: number) => void;

let kernel: PixelKernel | undefined;

/** The one instance of this thread: whoever calls it is done with its memory when it returns. */
export function pixelKernel(): PixelKernel {
  return (kernel ??= instantiateKernel<Omit<PixelKernel, 'memory'>>(pixelsKernelBase64));
}
