import { resamplingKernelBase64 } from './resampling-kernel-bytes.ts';

/** What `assembly/resampling.ts` exports; addresses are bytes of `memory`, sizes counts. */
export interface ResamplingKernel {
  readonly memory: Uint8Array;
  readonly horizontalGrey: HorizontalRows;
  readonly horizontalRgb: HorizontalRows;
  readonly verticalRow: (
    ...row: [source: number, stride: number, target: number, count: number, weights: number]
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

/** Of Node and every browser; its types come with a browser's only. */
declare const WebAssembly: {
  readonly Memory: new (limits: { initial: number; maximum: number }) => { readonly buffer: ArrayBuffer };
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: object };
};

const pageBytes = 65_536;
/** Of working memory, kept for the life of the process from the first resized picture on: larger pictures pass in strips. */
export const kernelMemoryBytes = 64 * pageBytes;

let kernel: ResamplingKernel | undefined;

/** The one instance of this thread: whoever calls it is done with its memory when it returns. */
export function resamplingKernel(): ResamplingKernel {
  return (kernel ??= instantiate());
}

function instantiate(): ResamplingKernel {
  const pages = kernelMemoryBytes / pageBytes;
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
  const module = new WebAssembly.Module(Buffer.from(resamplingKernelBase64, 'base64'));
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  const { horizontalGrey, horizontalRgb, verticalRow } = exports as unknown as Omit<ResamplingKernel, 'memory'>;
  return { memory: new Uint8Array(memory.buffer), horizontalGrey, horizontalRgb, verticalRow };
}
