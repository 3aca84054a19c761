import { rowMaker } from '@web-single/tensor';
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
    const ownLabel = label === undefined ? undefined : sessionLabel(label, classes);
    const nameScores = rowMaker(labels.map(String));
    const makeAnswer = rowMaker([as.label, as.probabilities]);
    return perRow('classify', (row) => {
      const scores = readScores(row, from, labels.length);
      const chosen = labels[decide(scores, ownLabel?.(row) ?? indexOfHighest(scores))] ?? rule.otherwise!;
      const probabilities = nameScores((index) => scores[index]!);
      return replaceFields(
        row,
        taken,
        makeAnswer((index) => (index === 0 ? chosen : probabilities)),
      );
    });
  },
});

/** The first of equals, as numpy's argmax. */
function indexOfHighest(scores: ArrayLike<number>): number {
  let highest = 0;
  for (let index = 1; index < scores.length; index++) if (scores[index]! > scores[highest]!) highest = index;
  return highest;
}
