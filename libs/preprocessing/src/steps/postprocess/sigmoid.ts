import { z } from 'zod';
import { defineStep } from '../../define-step.ts';
import { perRow } from '../../per-row.ts';
import { fieldName } from '../../step-params.ts';
import { mapScores } from './map-scores.ts';

/** Turns each logit into a probability of its own, in float64. */
export const sigmoid = defineStep({
  name: 'sigmoid',
  summary: 'Turns each logit (number, tensor or array) into a float64 probability of its own.',
  params: z.strictObject({ field: fieldName, as: fieldName.optional() }),
  create({ field, as = field }) {
    return perRow('sigmoid', (row) => mapScores(row, { field, as, map: sigmoidInPlace }));
  },
});

/** Exact at both ends: the power never grows beyond 1. */
export function sigmoidInPlace(scores: Float64Array): void {
  for (let index = 0; index < scores.length; index++) {
    const power = Math.exp(-Math.abs(scores[index]!));
    scores[index] = scores[index]! >= 0 ? 1 / (1 + power) : power / (1 + power);
  }
}
