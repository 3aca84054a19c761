import type { InputRow } from './input-row.ts';
import { readWhole, type ReadCounter } from './read-bytes.ts';

/** One row a picture; where it was is written beside its answer, as `file`. */
export async function* readPictures(
  files: readonly string[],
  field: string,
  counter: ReadCounter,
): AsyncGenerator<InputRow[]> {
  for (const file of files) {
    const bytes = await readWhole(file);
    counter.bytes += bytes.length;
    yield [{ place: { file }, value: { [field]: bytes }, kept: { file }, sizeBytes: bytes.length }];
  }
}
