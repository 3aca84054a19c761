import { z } from 'zod';
import { defineStep } from '../../define-step.ts';
import { perRow } from '../../per-row.ts';
import { replaceFields } from '../../row-access.ts';
import { fieldName, labelNames } from '../../step-params.ts';
import { createDecision, decisionParams, decisionProblems } from './class-decision.ts';
import { readScores } from './read-scores.ts';
import { sessionLabel } from './session-label.ts';

/** Makes a classifier's answer of its scores. */
export const classify = defineStep({
  name: 'classify',
  summary:
    'Turns scores into "label" (the session\'s own if "label" names it, else the highest score) and "probabilities".',
  params: z
    .strictObject({
      from: fieldName.describe('Holds a score per label.'),
      labels: labelNames.describe('In the order of the scores.'),
      label: fieldName.optional().describe("The session's own label output."),
      classes: labelNames
        .optional()
        .describe('What the session calls the labels, in the same order; left out where it calls them so.'),
      as: z
        .strictObject({ label: fieldName.default('label'), probabilities: fieldName.default('probabilities') })
        .default({ label: 'label', probabilities: 'probabilities' }),
      ...decisionParams,
    })
    .refine(({ labels, classes }) => classes === undefined || classes.length === labels.length, {
      error: 'Expected as many classes as labels',
      path: ['classes'],
    })
    .superRefine((params, context) => {
      for (const { path, expected } of decisionProblems(params, params.labels))
        context.addIssue({ code: 'custom', path, message: expected });
    }),
  create({ from, labels, label, classes = labels, as, ...rule }) {
    const taken = label === undefined ? [from] : [from, label];
    const decide = createDecision(rule, labels);
    return perRow('classify', (row) => {
      const scores = readScores(row, from, labels.length);
      const own = label === undefined ? indexOfHighest(scores) : sessionLabel(row, label, classes);
      return replaceFields(row, taken, {
        [as.label]: labels[decide(scores, own)] ?? rule.otherwise!,
        [as.probabilities]: Object.fromEntries(labels.map((name, index) => [String(name), scores[index]!])),
      });
    });
  },
});

/** The first of equals, as numpy's argmax. */
function indexOfHighest(scores: Float64Array): number {
  return scores.reduce((highest, score, index) => (score > scores[highest]! ? index : highest), 0);
}
