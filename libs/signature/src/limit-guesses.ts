import { nearestIndex } from '@web-single/tensor';

/** Index of the candidate that was probably meant. */
export type GuessName = typeof nearestIndex;

/** `nearestIndex`, which answers only the first `maxGuesses` questions: guessing is the one part of a check whose cost a bad request could drive up. */
export function limitGuesses(maxGuesses: number): GuessName {
  let left = maxGuesses;
  return (name, candidates) => (left-- > 0 ? nearestIndex(name, candidates) : undefined);
}
