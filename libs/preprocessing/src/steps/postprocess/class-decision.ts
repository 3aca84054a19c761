import { nearestName } from '@web-single/tensor';
import { z } from 'zod';
import { category } from '../../step-params.ts';

const score = z.number().min(0).max(1);

/** How a label is chosen from the scores of its classes; parameters of a step, and of whoever decides again. */
export const decisionParams = {
  thresholds: z
    .record(z.string(), score)
    .optional()
    .describe('By label, the score from which on it is the answer, and below which it never is: { yes: 0.3 }.'),
  minScore: score.optional().describe('Labels without a threshold need this score, else the answer is "otherwise".'),
  otherwise: category.optional().describe('The answer where no label has the score it needs.'),
};

export type DecisionRule = Readonly<z.infer<z.ZodObject<typeof decisionParams>>>;

/** Chooses the index of a class from a score per class and the model's own choice (−1: none of them); −1 where none has the score it needs. */
export type ClassDecision = (scores: ArrayLike<number>, own: number) => number;

/**
 * A class with a threshold is chosen as soon as its score reaches it, of several the one with the highest score; else the
 * model's own choice where it has no threshold, or the highest of those without one, if that has `minScore`.
 */
export function createDecision(rule: DecisionRule, labels: readonly unknown[]): ClassDecision {
  const { thresholds = {}, minScore } = rule;
  if (minScore === undefined && Object.keys(thresholds).length === 0) return (_scores, own) => own;
  const thresholdOf = labels.map((label) => ownValue(thresholds, String(label)));
  const reaches = (index: number, score: number): boolean => {
    const threshold = thresholdOf[index];
    return threshold !== undefined && score >= threshold;
  };
  return (scores, own) => {
    const reached = highest(scores, reaches);
    if (reached !== -1) return reached;
    // A model that chose none of its classes is only asked again by a rule that says which score is enough.
    if (own === -1 && minScore === undefined) return -1;
    const isOpen = (index: number): boolean => thresholdOf[index] === undefined;
    const rest = own !== -1 && isOpen(own) ? own : highest(scores, isOpen);
    return rest !== -1 && (minScore === undefined || scores[rest]! >= minScore) ? rest : -1;
  };
}

/** Why a rule decides nothing over these labels: parameter, and what was expected there. */
export function decisionProblems(
  rule: DecisionRule,
  labels: readonly unknown[],
): { readonly path: string[]; readonly expected: string }[] {
  const { thresholds = {}, minScore, otherwise } = rule;
  const names = labels.map(String);
  const unknown = Object.keys(thresholds).filter((name) => !names.includes(name));
  const problems = unknown.map((name) => ({ path: ['thresholds', name], expected: `Expected ${oneOf(name, names)}` }));
  const isReached = minScore !== undefined || names.every((name) => Object.hasOwn(thresholds, name));
  const expected =
    otherwise === undefined ? missingOtherwise(rule, isReached) : uselessOtherwise(otherwise, labels, isReached);
  return expected === undefined ? problems : [...problems, { path: ['otherwise'], expected }];
}

function missingOtherwise({ minScore }: DecisionRule, isReached: boolean): string | undefined {
  if (!isReached) return undefined;
  const why = minScore === undefined ? 'that reach no threshold, as every label has one' : 'below "minScore"';
  return `Expected the answer to rows ${why}`;
}

function uselessOtherwise(
  otherwise: NonNullable<DecisionRule['otherwise']>,
  labels: readonly unknown[],
  isReached: boolean,
): string | undefined {
  if (!isReached) return 'Expected nothing, or also "minScore": some label is always the answer';
  const isOtherType = labels.some((label) => label !== otherwise && String(label) === String(otherwise));
  return isOtherType ? 'Expected a label in its own type, or another name' : undefined;
}

function oneOf(name: string, names: readonly string[]): string {
  const nearest = nearestName(name, names);
  const listed = names.slice(0, 20).map((label) => JSON.stringify(label));
  const meant = nearest === undefined ? '' : ` (did you mean ${JSON.stringify(nearest)}?)`;
  return `one of the labels ${listed.join(', ')}${names.length > 20 ? ', …' : ''}${meant}`;
}

/** The first of equals; −1 where none counts. A score that is no number never does. */
function highest(scores: ArrayLike<number>, counts: (index: number, score: number) => boolean): number {
  let best = -1;
  for (let index = 0; index < scores.length; index++) {
    const score = scores[index]!;
    const isHigher = best === -1 ? !Number.isNaN(score) : score > scores[best]!;
    if (isHigher && counts(index, score)) best = index;
  }
  return best;
}

function ownValue(thresholds: Readonly<Record<string, number>>, label: string): number | undefined {
  return Object.hasOwn(thresholds, label) ? thresholds[label] : undefined;
}
