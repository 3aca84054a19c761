import type { CallLimits } from './answerer.ts';
import type { InputRow } from './input-row.ts';

/** Rows as they come, in pieces that a call takes: what is there is never held back to fill a call. */
export async function* splitBatches(
  rows: AsyncIterable<readonly InputRow[]>,
  { maxRows, maxBytes }: CallLimits,
): AsyncGenerator<readonly InputRow[]> {
  for await (const some of rows) {
    let from = 0;
    let bytes = 0;
    for (const [index, { sizeBytes }] of some.entries()) {
      bytes += sizeBytes;
      if (index === from || (index - from < maxRows && bytes <= maxBytes)) continue;
      yield some.slice(from, index);
      from = index;
      bytes = sizeBytes;
    }
    if (from < some.length) yield from === 0 ? some : some.slice(from);
  }
}
