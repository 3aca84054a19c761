import { decisionParams } from '@web-single/preprocessing';
import { z } from 'zod';
import { categoryValue } from '../manifest/field-schema.ts';
import { strictObject } from '../manifest/strict-object.ts';

const shownLabel = categoryValue.refine((label) => typeof label !== 'string' || /^[^\0]+$/.test(label), {
  error: 'Expected a label: text that is not empty and has no NUL, a number, true or false.',
});

const range = strictObject({
  min: z.number().optional().describe('Smallest value still taken.'),
  max: z.number().optional().describe('Largest value still taken.'),
});

const ruleShape = {
  labels: z
    .record(z.string(), shownLabel)
    .optional()
    .describe('Label of the package: the label that callers see, also as key of the scores.'),
  ...decisionParams,
  otherwise: shownLabel.optional().describe('The answer where no label has the score it needs, as callers see it.'),
  input: z
    .record(z.string(), range)
    .optional()
    .describe('Narrower ranges of number inputs; a value outside is refused.'),
  enabled: z.boolean().optional().describe('false: predictions are refused with MODEL_NOT_READY.'),
};

/** What an operator changes about a model without a new package. */
export const overrideRuleSchema = strictObject(ruleShape);

export type OverrideRule = Readonly<z.infer<typeof overrideRuleSchema>>;

/** The file that `OVERRIDES` names. */
export const overridesSchema = strictObject({
  models: z
    .record(
      z.string(),
      strictObject({
        ...ruleShape,
        versions: z
          .record(z.string(), overrideRuleSchema)
          .optional()
          .describe('By version: each key here takes the place of the same key above.'),
      }),
    )
    .describe('By name of the model.'),
});
