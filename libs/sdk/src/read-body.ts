import { invalidResponse } from './parse-reply.ts';
import { concatenate } from './infer/concatenate.ts';
import { HEADER_LENGTH } from './infer/header-length.ts';

/** Reads a body up to `maxBytes`, counted after decompression; beyond it the connection is dropped. */
export async function readBody(response: Response, maxBytes: number): Promise<Uint8Array> {
  const reader = response.body?.getReader();
  if (reader === undefined) return Uint8Array.of();
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      // Tensors begin behind the header: put where their first is aligned, it need not be copied again.
      if (done) return concatenate(chunks, -Number(response.headers.get(HEADER_LENGTH)) & 7);
      size += value.length;
      if (size > maxBytes) throw invalidResponse({ response }, `it is larger than ${maxBytes} bytes`);
      chunks.push(value);
    }
  } finally {
    // Does nothing at the end of a stream; before it, this frees the socket.
    reader.cancel().catch(() => {});
  }
}
