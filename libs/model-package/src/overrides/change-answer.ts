import { createDecision } from '@web-single/preprocessing';
import type { CategoryValue } from '@web-single/signature';
import { isTensor } from '@web-single/tensor';
import type { Row, Value, ValueMap } from '@web-single/tensor';
import type { AnswerParts } from './find-answer.ts';
import type { OverrideRule } from './overrides-schema.ts';
import { shownLabel } from './shown-labels.ts';

/** The outputs of a row as the rule has them: its label decided and renamed, the keys of its scores renamed. Pure. */
export type ChangeAnswer = (outputs: Row) => Row;

export function createChangeAnswer({ label, field, classes, scores }: AnswerParts, rule: OverrideRule): ChangeAnswer {
  const names = classes.map(String);
  const indices = new Map(names.map((name, index) => [name, index]));
  const shown = new Map(field.values.map((value) => [String(value), shownLabel(rule, value)]));
  const decide = createDecision(rule, classes);
  const newLabel = (outputs: Row, own: Value): Value => {
    const name = String(own);
    const chosen = decide(scoresOf(outputs, scores[0], names), indices.get(name) ?? -1);
    const answer: CategoryValue | undefined = chosen === -1 ? rule.otherwise : shown.get(names[chosen]!);
    return answer ?? shown.get(name) ?? own;
  };
  return (outputs) =>
    Object.fromEntries(
      Object.entries(outputs).map(([name, value]) => {
        if (name === label) return [name, value === null ? null : newLabel(outputs, value)];
        return [name, scores.includes(name) && isMap(value) ? renameKeys(value, shown) : value];
      }),
    );
}

/** A score per class; NaN where there is none. */
function scoresOf(outputs: Row, output: string | undefined, names: readonly string[]): number[] {
  const scores = output !== undefined && Object.hasOwn(outputs, output) ? outputs[output]! : null;
  return names.map((name) => {
    const score = isMap(scores) && Object.hasOwn(scores, name) ? scores[name] : undefined;
    return typeof score === 'number' ? score : NaN;
  });
}

function renameKeys(scores: ValueMap, shown: ReadonlyMap<string, CategoryValue>): ValueMap {
  return Object.fromEntries(Object.entries(scores).map(([name, score]) => [String(shown.get(name) ?? name), score]));
}

function isMap(value: Value): value is ValueMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !isTensor(value);
}
