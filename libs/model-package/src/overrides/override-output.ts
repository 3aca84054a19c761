import type { CategoryValue, OutputField, ScoresField, Signature } from '@web-single/signature';
import type { AnswerParts } from './find-answer.ts';
import type { OverrideRule } from './overrides-schema.ts';
import { shownLabel } from './shown-labels.ts';

/** The outputs of a signature as callers see them under a rule: other labels, other keys of the scores, the answer that has no score. */
export function overrideOutput(
  output: Signature['output'],
  { label, field, classes, scores }: AnswerParts,
  rule: OverrideRule,
): Signature['output'] {
  const shown = field.values.map((value) => shownLabel(rule, value));
  const { otherwise } = rule;
  const values = otherwise === undefined || shown.includes(otherwise) ? shown : [...shown, otherwise];
  const keys = classes.map((value) => String(shownLabel(rule, value)));
  const change = (name: string, given: OutputField): OutputField => {
    if (name === label) return { ...given, type: 'category', values, ...exampleOf(given, rule) } as OutputField;
    if (!scores.includes(name)) return given;
    const { labels: _labels, example: _example, ...scoresField } = given as ScoresField;
    return keys.length === values.length ? scoresField : { ...scoresField, labels: keys };
  };
  return Object.fromEntries(Object.entries(output).map(([name, given]) => [name, change(name, given)]));
}

function exampleOf({ example }: OutputField, rule: OverrideRule): { example?: unknown } {
  return example === undefined ? {} : { example: shownLabel(rule, example as CategoryValue) };
}
