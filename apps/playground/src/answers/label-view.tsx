import type { CategoryField } from '../server/model-description.ts';
import { formatPercent } from './format-number.ts';
import type { OutputProps } from './output-props.ts';

/** The label, large, with its score where the model gives scores of it. */
export function LabelView({ name, value, outputs, prediction }: OutputProps<CategoryField>) {
  const scores = Object.entries(outputs).find(([, field]) => field.type === 'scores' && field.of === name)?.[0];
  const score = scores === undefined ? undefined : (prediction[scores] as Record<string, unknown>)[String(value)];
  return (
    <p class="label-answer">
      <strong>{value === null ? 'none' : String(value)}</strong>
      {typeof score === 'number' && score >= 0 && score <= 1 && <span>{formatPercent(score)}</span>}
    </p>
  );
}
