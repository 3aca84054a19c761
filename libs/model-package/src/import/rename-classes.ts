import type { CategoryValue } from '@web-single/signature';
import type { Fact } from '../model-package.ts';
import type { FoundClasses } from '../onnx/find-classes.ts';
import { listSome } from './summarize-field.ts';

/** The labels that callers see, and where they come from. */
export interface ClassNames {
  readonly labels: readonly CategoryValue[];
  /** What the session calls them, where that differs. */
  readonly classes?: readonly CategoryValue[];
  readonly fact: Fact;
}

/** Gives the classes of a graph the names of `--labels`, one for each in their order; or says why not. */
export function renameClasses(
  { labels: own, source, scoresOutput }: FoundClasses,
  given: readonly string[],
): ClassNames | { readonly problem: string } {
  if (scoresOutput === undefined)
    return { problem: `--labels needs a score per label, and the model gives only its label: ${listSome(own)}.` };
  if (given.length !== own.length)
    return {
      problem: `--labels has ${given.length} labels, node "${source}" has ${own.length}: ${listSome(own)}.`,
    };
  const repeated = repeatedLabelProblem(given);
  if (repeated !== undefined) return { problem: repeated };
  const swapped = given.find((label, index) => own.includes(label) && own[index] !== label);
  if (swapped !== undefined)
    return {
      problem: `--labels names "${swapped}" at another place than the model, whose labels are ${listSome(own)}. Leave --labels out, or give other names in that order.`,
    };
  const isSame = given.every((label, index) => own[index] === label);
  const value = isSame ? listSome(given) : `${listSome(given)}, which the model calls ${listSome(own)}`;
  return {
    labels: given,
    ...(isSame ? {} : { classes: own }),
    fact: { about: 'labels', value, source: '--labels', confidence: 'stated' },
  };
}

/** Why these are not labels, or undefined: each needs a name of its own. */
export function repeatedLabelProblem(labels: readonly string[]): string | undefined {
  const twice = labels.find((label, index) => label === '' || labels.indexOf(label) !== index);
  if (twice === undefined) return undefined;
  return twice === '' ? '--labels has an empty label.' : `--labels names "${twice}" twice.`;
}

/** The labels as the graph states them. */
export function ownClasses({ labels, source }: FoundClasses, file: string): ClassNames {
  const from = `${file} node "${source}"`;
  return { labels, fact: { about: 'labels', value: listSome(labels), source: from, confidence: 'read' } };
}
