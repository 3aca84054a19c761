import type { Block } from './parse-markdown.ts';

const DEEPEST = 6;

/** The level of every heading on the page, by its block: the card's highest is `topLevel`, and none is left out below it. */
export function headingLevels(blocks: readonly Block[], topLevel: number): readonly number[] {
  const own = blocks.map((block) => (block.kind === 'heading' ? block.level : Infinity));
  const highest = Math.min(...own);
  let before = topLevel - 1;
  return own.map((level) => {
    if (level === Infinity) return 0;
    before = Math.min(before + 1, topLevel + level - highest, DEEPEST);
    return before;
  });
}
