import type { NumberField } from '../server/model-description.ts';
import { ariaOf, withText } from './control-props.ts';
import type { ControlProps } from './control-props.ts';
import { numberStep } from './number-step.ts';

/** A box with its unit and, where there is a range, a slider for the mouse; the keyboard has the arrows of the box. */
export function NumberControl(props: ControlProps<NumberField>) {
  const { id, field, entry, onChange } = props;
  const { unit, min, max } = field;
  const step = numberStep(field);
  return (
    <div class="number-control">
      <span class="number-box">
        <input
          id={id}
          type="number"
          inputMode={field.integer ? 'numeric' : 'decimal'}
          {...{ min, max, step }}
          autocomplete="off"
          value={entry.isLeftOut ? '' : entry.text}
          placeholder={entry.isLeftOut ? 'left out' : ''}
          onInput={({ currentTarget }) => onChange(withText(textOf(currentTarget)))}
          {...ariaOf(props)}
        />
        {unit !== undefined && <span class="unit">{unit}</span>}
      </span>
      {min !== undefined && max !== undefined && (
        <input
          type="range"
          class="slider"
          tabIndex={-1}
          aria-hidden="true"
          {...{ min, max, step }}
          value={entry.isLeftOut || entry.text === '' ? (min + max) / 2 : Number(entry.text)}
          onInput={({ currentTarget }) => onChange(withText(currentTarget.value))}
        />
      )}
    </div>
  );
}

/** A browser gives '' for what is no number; it must not look like an empty box. */
const textOf = (input: HTMLInputElement): string => (input.validity.badInput ? 'this' : input.value);
