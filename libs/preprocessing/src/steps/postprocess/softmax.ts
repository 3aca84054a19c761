import { z } from 'zod';
import { defineStep } from '../../define-step.ts';
import { perRow } from '../../per-row.ts';
import { mapScores } from './map-scores.ts';
import { fieldName } from '../../step-params.ts';

/** Turns logits into probabilities over the last axis, in float64. */
export const softmax = defineStep({
  name: 'softmax',
  summary: 'Turns logits (tensor or array) into float64 probabilities over the last axis.',
  params: z.strictObject({ field: fieldName, as: fieldName.optional() }),
  create({ field, as = field }) {
    return perRow('softmax', (row) => mapScores(row, { field, as, map: softmaxInPlace }));
  },
});

/** exp(x − max) / Σ exp(x − max): subtracting the maximum keeps every power within 0 and 1. */
export function softmaxInPlace(scores: Float64Array): void {
  const maximum = scores.reduce((highest, score) => Math.max(highest, score), -Infinity);
  let sum = 0;
  for (let index = 0; index < scores.length; index++) {
    const power = Math.exp(scores[index]! - maximum);
    scores[index] = power;
    sum += power;
  }
  for (let index = 0; index < scores.length; index++) scores[index] = scores[index]! / sum;
}
