import { jpegKernelBase64 } from './jpeg-kernel-bytes.ts';

/** What `assembly/jpeg.ts` exports; addresses are bytes of `memory`. */
export interface JpegKernel {
  readonly memory: Uint8Array;
  /** Where the scan, the tables of codes and the quantisers are to be written. */
  readonly scanAt: number;
  readonly huffmanAt: number;
  readonly quantisersAt: number;
  readonly mostScanBytes: number;
  /** Gives where the rows of pixels will lie; 0 for a row too long, and for a scan that is damaged at its start. */
  readonly start: (
    ...picture: [
      width: number,
      height: number,
      components: number,
      across: number,
      down: number,
      restartInterval: number,
      tables: number,
      scanBytes: number,
    ]
  ) => number;
  /** The number of the next rows; -1 for a damaged scan. */
  readonly decodeStrip: () => number;
}

interface Exports extends Pick<JpegKernel, 'start' | 'decodeStrip'> {
  readonly scan: { readonly value: number };
  readonly mostScanBytes: { readonly value: number };
  readonly definitions: { readonly value: number };
  readonly quantisers: { readonly value: number };
}

/** Of Node and every browser; its types come with a browser's only. */
declare const WebAssembly: {
  readonly Memory: new (limits: { initial: number; maximum: number }) => { readonly buffer: ArrayBuffer };
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: object };
};

/** 4 MiB, kept for the life of the process from the first plain JPEG on. */
const pages = 64;

let kernel: JpegKernel | undefined;

/** The one instance of this thread: whoever calls it is done with its memory when it returns. */
export function jpegKernel(): JpegKernel {
  return (kernel ??= instantiate());
}

function instantiate(): JpegKernel {
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
  const module = new WebAssembly.Module(Buffer.from(jpegKernelBase64, 'base64'));
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  const { start, decodeStrip, scan, mostScanBytes, definitions, quantisers } = exports as unknown as Exports;
  return {
    memory: new Uint8Array(memory.buffer),
    scanAt: scan.value,
    huffmanAt: definitions.value,
    quantisersAt: quantisers.value,
    mostScanBytes: mostScanBytes.value,
    start,
    decodeStrip,
  };
}
