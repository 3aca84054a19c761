import { scoresLabels } from '@web-single/signature';
import type { CategoryField, CategoryValue, Signature } from '@web-single/signature';
import type { PackageProblem } from '../package-error.ts';
import type { OverrideRule } from './overrides-schema.ts';
import type { PlacedRule } from './rule-of.ts';

/** What of a package's answer overrides can change. */
export interface AnswerParts {
  /** Name of the label's output. */
  readonly label: string;
  readonly field: CategoryField;
  /** Labels with a score, in the order of the scores; every label where there are none. */
  readonly classes: readonly CategoryValue[];
  /** Outputs with a score per class. */
  readonly scores: readonly string[];
}

const ANSWER_KEYS = ['labels', 'thresholds', 'minScore', 'otherwise'] as const satisfies (keyof OverrideRule)[];

/** The label and the scores that the rule is about; undefined where it leaves the answer alone. */
export function findAnswer(
  signature: Signature,
  { rule, where }: PlacedRule,
): AnswerParts | { readonly problems: readonly PackageProblem[] } | undefined {
  const keys = ANSWER_KEYS.filter((key) => rule[key] !== undefined);
  const refuse = (told: readonly (typeof keys)[number][], message: string) => ({
    problems: told.map((key) => ({ where: where(key), message })),
  });
  if (keys.length === 0) return undefined;
  const outputs = Object.entries(signature.output);
  const labels = outputs.flatMap(([name, field]) => (field.type === 'category' ? [{ name, field }] : []));
  const [only, another] = labels;
  if (only === undefined)
    return refuse(
      keys,
      `The model has no labels: none of its outputs (${listed(outputs.map(([name]) => name))}) is a category.`,
    );
  if (another !== undefined)
    return refuse(
      keys,
      `The model has several outputs of labels (${listed(labels.map(({ name }) => name))}): only the answers of models with one can be overridden.`,
    );
  const scores = outputs.flatMap(([name, field]) => (field.type === 'scores' && field.of === only.name ? [name] : []));
  const deciding = keys.filter((key) => key !== 'labels');
  if (scores.length !== 1 && deciding.length > 0)
    return refuse(
      deciding,
      `The model has ${scores.length === 0 ? 'no' : 'several'} scores of "${only.name}": only one score per label can decide.`,
    );
  const scored = scores[0] === undefined ? undefined : signature.output[scores[0]];
  const keysOfScores = scored?.type === 'scores' ? scoresLabels(signature, scored) : null;
  const classes = only.field.values.filter((value) => keysOfScores === null || keysOfScores.includes(String(value)));
  return { label: only.name, field: only.field, classes, scores };
}

function listed(names: readonly string[]): string {
  return names.map((name) => JSON.stringify(name)).join(', ');
}
