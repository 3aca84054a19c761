import type { BooleanField, TextField } from '../server/model-description.ts';
import type { OutputProps } from './output-props.ts';

export function TextView({ value }: OutputProps<TextField>) {
  return <p class="text-answer">{value === null ? 'nothing' : String(value)}</p>;
}

export function BooleanView({ value }: OutputProps<BooleanField>) {
  return (
    <p class="number-answer">
      <strong>{value === null ? 'nothing' : value === true ? 'yes' : 'no'}</strong>
    </p>
  );
}
