import type { TextField } from '../server/model-description.ts';
import { ariaOf, withText } from './control-props.ts';
import type { ControlProps } from './control-props.ts';

export function TextControl(props: ControlProps<TextField>) {
  const { id, field, entry, onChange } = props;
  const { maxLength } = field;
  return (
    <div class="text-control">
      <textarea
        id={id}
        rows={4}
        value={entry.isLeftOut ? '' : entry.text}
        placeholder={entry.isLeftOut ? 'left out' : ''}
        onInput={({ currentTarget }) => onChange(withText(currentTarget.value))}
        {...ariaOf(props)}
      />
      {maxLength !== undefined && (
        <span class={`count${entry.text.length > maxLength ? ' is-over' : ''}`}>
          {entry.isLeftOut ? 0 : entry.text.length} of {maxLength} characters
        </span>
      )}
    </div>
  );
}
