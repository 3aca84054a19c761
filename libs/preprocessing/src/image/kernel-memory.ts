/** Of Node and every browser; its types come with a browser's only. */
declare const WebAssembly: {
  readonly Memory: new (limits: { initial: number; maximum: number }) => { readonly buffer: ArrayBuffer };
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: object };
};

const pageBytes = 65_536;
/** Of working memory, kept for the life of the process from the first picture on: larger pictures pass in strips. */
export const kernelMemoryBytes = 64 * pageBytes;
/** A kernel may read or write so many bytes behind what it was given. */
export const slackBytes = 32;

let shared: KernelMemory | undefined;

type KernelMemory = InstanceType<typeof WebAssembly.Memory>;

/**
 * The functions of a compiled file of `assembly`, over the one memory that all kernels of this thread share. It belongs to
 * whoever calls them, until that function returns: nothing stays in it, and nobody awaits in between.
 */
export function instantiateKernel<Functions extends object>(base64: string): Kernel<Functions> {
  return instantiate(base64, (shared ??= newMemory()));
}

/** As `instantiateKernel`, over a memory that no other kernel writes: for one that keeps tables in it. */
export function instantiateKernelAlone<Functions extends object>(base64: string): Kernel<Functions> {
  return instantiate(base64, newMemory());
}

type Kernel<Functions> = Functions & { readonly memory: Uint8Array };

function newMemory(): KernelMemory {
  const pages = kernelMemoryBytes / pageBytes;
  return new WebAssembly.Memory({ initial: pages, maximum: pages });
}

function instantiate<Functions extends object>(base64: string, memory: KernelMemory): Kernel<Functions> {
  const module = new WebAssembly.Module(Uint8Array.from(atob(base64), (byte) => byte.charCodeAt(0)));
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  return { ...(exports as Functions), memory: new Uint8Array(memory.buffer) };
}
