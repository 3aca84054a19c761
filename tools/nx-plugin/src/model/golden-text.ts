import type { GoldenDraft } from './package-draft.ts';

/** `golden.jsonl`: producer and tolerance, then one case a line. */
export function goldenText({ producer, tolerance, cases }: GoldenDraft): string {
  return [{ producer, tolerance }, ...cases].map((line) => `${JSON.stringify(line)}\n`).join('');
}
