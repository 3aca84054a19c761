import type { NumberField } from '../server/model-description.ts';
import { formatNumber } from './format-number.ts';
import type { OutputProps } from './output-props.ts';

export function NumberView({ field, value }: OutputProps<NumberField>) {
  return (
    <p class="number-answer">
      <strong>{formatNumber(value)}</strong>
      {field.unit !== undefined && <span>{field.unit}</span>}
    </p>
  );
}
