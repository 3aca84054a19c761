import { fieldTitle } from '../fields/field-title.ts';
import type { JsonRow, OutputFields } from '../server/model-description.ts';
import { formatNumber } from './format-number.ts';

/** The answer in a sentence, for a screen reader and for the names of examples. */
export function answerSentence(outputs: OutputFields, prediction: JsonRow): string {
  const parts = Object.entries(outputs).flatMap(([name, field]) => {
    const value = prediction[name];
    if (value === undefined || value === null || field.type === 'scores' || field.type === 'tensor') return [];
    if (field.type === 'number') return [`${formatNumber(value)}${field.unit === undefined ? '' : ` ${field.unit}`}`];
    if (field.type === 'boolean') return [`${fieldTitle(name, field)}: ${value === true ? 'yes' : 'no'}`];
    return [String(value).slice(0, 40)];
  });
  return parts.join(', ');
}
