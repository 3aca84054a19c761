import { z } from 'zod';
import { defineStep } from '../../define-step.ts';
import { perRow } from '../../per-row.ts';
import { replaceFields } from '../../row-access.ts';
import { fieldName, labelNames } from '../../step-params.ts';
import { readScores } from './read-scores.ts';

/** Lists the most probable labels. */
export const topK = defineStep({
  name: 'top-k',
  summary: 'Replaces scores by the "k" highest as [{ label, probability }, …], the highest first.',
  params: z.strictObject({
    from: fieldName,
    labels: labelNames.describe('In the order of the scores.'),
    k: z.int().min(1).default(5),
    as: fieldName.default('top'),
  }),
  create({ from, labels, k, as }) {
    return perRow('top-k', (row) => {
      const scores = readScores(row, from, labels.length);
      const order = labels
        .map((_label, index) => index)
        .sort((one, other) => scores[other]! - scores[one]! || one - other);
      const top = order.slice(0, k).map((index) => ({ label: labels[index]!, probability: scores[index]! }));
      return replaceFields(row, [from], { [as]: top });
    });
  },
});
