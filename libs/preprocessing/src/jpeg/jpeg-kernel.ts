import { instantiateKernelAlone } from '../image/kernel-memory.ts';
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

let kernel: JpegKernel | undefined;

/** The one instance of this thread: whoever calls it is done with its memory when it returns. */
export function jpegKernel(): JpegKernel {
  return (kernel ??= instantiate());
}

function instantiate(): JpegKernel {
  const { memory, scan, mostScanBytes, definitions, quantisers, ...functions } =
    instantiateKernelAlone<Exports>(jpegKernelBase64);
  return {
    memory,
    scanAt: scan.value,
    huffmanAt: definitions.value,
    quantisersAt: quantisers.value,
    mostScanBytes: mostScanBytes.value,
    ...functions,
  };
}
