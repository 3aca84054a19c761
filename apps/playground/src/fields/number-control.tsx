import type { NumberField } from '../server/model-description.ts';
import { ariaOf, withText } from './control-props.ts';
import type { ControlProps } from './control-props.ts';
import { numberStep } from './number-step.ts';
import { numberOfText } from './number-text.ts';
import { stepNumber } from './step-number.ts';

/**
 * A box with its unit and, where there is a range, a slider for the mouse; the keyboard has the arrows of the box. A box of text:
 * one of numbers hides what is typed halfway, such as "-", and loses it when it is drawn again.
 */
export function NumberControl(props: ControlProps<NumberField>) {
  const { id, field, entry, onChange } = props;
  const { unit } = field;
  const stepBy = (event: KeyboardEvent) => {
    const count = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (count === undefined) return;
    event.preventDefault();
    onChange(withText(stepNumber(field, entry.text, count)));
  };
  return (
    <div class="number-control">
      <span class="number-box">
        <input
          id={id}
          type="text"
          inputMode={inputModeOf(field)}
          autocomplete="off"
          value={entry.isLeftOut ? '' : entry.text}
          placeholder={entry.isLeftOut ? 'left out' : ''}
          onInput={({ currentTarget }) => onChange(withText(currentTarget.value))}
          onKeyDown={stepBy}
          {...ariaOf(props)}
        />
        {unit !== undefined && <span class="unit">{unit}</span>}
      </span>
      <Slider {...props} />
    </div>
  );
}

/** Stands at the low end, and pale, while there is no number. */
function Slider({ field, entry, onChange }: ControlProps<NumberField>) {
  const { min, max } = field;
  if (min === undefined || max === undefined) return null;
  const value = entry.isLeftOut ? undefined : numberOfText(entry.text);
  return (
    <input
      type="range"
      class={`slider${value === undefined ? ' is-unset' : ''}`}
      tabIndex={-1}
      aria-hidden="true"
      {...{ min, max }}
      step={numberStep(field)}
      value={value ?? min}
      onInput={({ currentTarget }) => onChange(withText(currentTarget.value))}
    />
  );
}

/** The keys of a phone that have all of a number's characters: its pads have no minus, the one for whole numbers no point. */
function inputModeOf({ integer, min = -1 }: NumberField): 'numeric' | 'decimal' | 'text' {
  if (min < 0) return 'text';
  return integer ? 'numeric' : 'decimal';
}
