import { decisionProblems } from '@web-single/preprocessing';
import type { CategoryValue } from '@web-single/signature';
import { describeValue, nearestName } from '@web-single/tensor';
import type { PackageProblem } from '../package-error.ts';
import type { AnswerParts } from './find-answer.ts';
import type { OverrideRule } from './overrides-schema.ts';
import type { PlacedRule } from './rule-of.ts';

/** A label of the package as callers see it. */
export function shownLabel({ labels = {} }: OverrideRule, label: CategoryValue): CategoryValue {
  const name = String(label);
  return Object.hasOwn(labels, name) ? labels[name]! : label;
}

/** Why the labels and the decision of a rule cannot be those of this answer: all reasons. */
export function answerProblems(parts: AnswerParts, placed: PlacedRule): PackageProblem[] {
  const { rule, where } = placed;
  return [
    ...renameProblems(parts, placed),
    ...decisionProblems(rule, parts.classes).map(({ path: [key, ...path], expected }) => ({
      where: where(key as keyof OverrideRule, ...path),
      message: `${expected}; got ${gotAt(rule, key!, path[0])}.`,
    })),
    ...otherwiseProblems(parts, placed),
  ];
}

function renameProblems({ field }: AnswerParts, { rule, where }: PlacedRule): PackageProblem[] {
  const names = field.values.map(String);
  const shown = field.values.map((value) => String(shownLabel(rule, value)));
  return Object.keys(rule.labels ?? {}).flatMap((name) => {
    const place = where('labels', name);
    const index = names.indexOf(name);
    if (index === -1) return [{ where: place, message: unknownLabel(name, names) }];
    const isTwice = shown.some((other, at) => at !== index && other === shown[index]);
    return isTwice ? [{ where: place, message: `Two labels would be shown as ${JSON.stringify(shown[index])}.` }] : [];
  });
}

/** `otherwise` is said as callers see it, and reads like no label that it is not. */
function otherwiseProblems({ field }: AnswerParts, { rule, where }: PlacedRule): PackageProblem[] {
  const { otherwise } = rule;
  if (otherwise === undefined) return [];
  const shown = field.values.map((value) => shownLabel(rule, value));
  if (shown.includes(otherwise)) return [];
  const index = field.values.findIndex((value) => String(value) === String(otherwise));
  const isRenamed = index !== -1 && shown[index] !== field.values[index];
  const alike = shown.find((label) => String(label) === String(otherwise));
  if (!isRenamed && alike === undefined) return [];
  const message =
    alike === undefined
      ? `The label ${describeValue(otherwise)} is shown as ${JSON.stringify(shown[index])}: name it so.`
      : `Expected ${JSON.stringify(alike)} in its own type, got ${describeValue(otherwise)}.`;
  return [{ where: where('otherwise'), message }];
}

function gotAt(rule: OverrideRule, key: string, name: string | undefined): string {
  const value = rule[key as keyof OverrideRule];
  const got = name === undefined ? value : (value as Readonly<Record<string, number>>)[name];
  return got === undefined ? 'nothing' : describeValue(got as CategoryValue);
}

function unknownLabel(name: string, names: readonly string[]): string {
  const nearest = nearestName(name, names);
  const meant = nearest === undefined ? '' : ` (did you mean ${JSON.stringify(nearest)}?)`;
  const some = names.slice(0, 20).map((label) => JSON.stringify(label));
  return `The model has no such label${meant}; there are ${some.join(', ')}${names.length > some.length ? ', …' : ''}.`;
}
