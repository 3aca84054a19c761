import type { Row } from '@web-single/tensor';

/** What is smaller is left to the collector, which it costs little. */
const leastBytes = 64 * 1024;

/**
 * Gives the memory back at once that a step made and the next one has read: V8 would mark its whole heap for it every few pictures. Only
 * of what is nowhere else: neither in the row that the first of both was `given`, nor in what the second one `made` of `between`.
 */
export function freeBetween(given: Row, between: Row, made: Row): void {
  const wanted = new Set([...buffersOf(given), ...buffersOf(made)]);
  for (const buffer of new Set(buffersOf(between))) if (!wanted.has(buffer)) buffer.transfer(0);
}

/** All that is large and owned as a whole by one of the row's values, or only in part. */
function buffersOf(value: unknown): readonly ArrayBuffer[] {
  if (typeof value !== 'object' || value === null) return [];
  if (!ArrayBuffer.isView(value)) return Object.values(value).flatMap(buffersOf);
  const { buffer } = value;
  return buffer instanceof ArrayBuffer && buffer.byteLength >= leastBytes ? [buffer] : [];
}
