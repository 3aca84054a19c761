/** All chunks in new memory, `offset` bytes behind its start. */
export function concatenate(chunks: readonly Uint8Array[], offset = 0): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(chunks.reduce((size, { length }) => size + length, offset));
  let end = offset;
  for (const chunk of chunks) {
    joined.set(chunk, end);
    end += chunk.length;
  }
  return joined.subarray(offset);
}
