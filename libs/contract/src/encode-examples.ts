import type { Row } from '@web-single/tensor';
import { encodeRow } from './encode-value.ts';
import type { ModelExample } from './model-description.ts';

export interface ExampleCase {
  readonly input: Row;
  readonly output: Row;
}

const MAX_EXAMPLES = 3;
const MAX_FILE_BYTES = 4096;

/** Chooses up to three golden cases as examples: small files only, different labels first. */
export function encodeExamples(cases: readonly ExampleCase[]): ModelExample[] {
  const small = cases.filter(({ input }) => Object.values(input).every(isSmall));
  const labels = new Set<unknown>();
  const different = small.filter(({ output }) => {
    const label = output['label'];
    if (label === undefined || labels.has(label)) return false;
    labels.add(label);
    return true;
  });
  return [...new Set([...different, ...small])]
    .slice(0, MAX_EXAMPLES)
    .map(({ input, output }) => ({ input: encodeRow(input), output: encodeRow(output) }));
}

function isSmall(value: unknown): boolean {
  return !(value instanceof Uint8Array) || value.length <= MAX_FILE_BYTES;
}
