import type { NumberField } from '../server/model-description.ts';
import { numberStep } from './number-step.ts';
import { numberOfText } from './number-text.ts';

/** The text of a box after so many steps up (or, negative, down): of what is no number, its lowest value. Stays in the range. */
export function stepNumber(field: NumberField, text: string, count: number): string {
  const { min = -Infinity, max = Infinity } = field;
  const step = numberStep(field);
  const value = numberOfText(text);
  const next = value === undefined ? Math.max(min, Math.min(0, max)) : value + count * (step === 'any' ? 1 : step);
  // The digits that adding leaves behind, as in 0.1 + 0.2.
  return String(Number(Math.max(min, Math.min(max, next)).toPrecision(12)));
}
