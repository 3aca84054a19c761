/** What is smaller is left to the collector, which it costs little. */
const LEAST_BYTES = 4096;

/**
 * Gives memory back at once instead of at V8's next collection, which large pieces bring about again and again. For an owner that has
 * done with it: all views of it are empty from here on. A buffer that shares its memory with others is left alone.
 */
export function freeBuffer({ buffer, byteLength }: Buffer): void {
  if (byteLength < LEAST_BYTES || byteLength !== buffer.byteLength || !(buffer instanceof ArrayBuffer)) return;
  buffer.transfer(0);
}
