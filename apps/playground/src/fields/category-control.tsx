import type { BooleanField, CategoryField, CategoryValue } from '../server/model-description.ts';
import { ariaOf, withText } from './control-props.ts';
import type { ControlProps } from './control-props.ts';

const MOST_BUTTONS = 6;
const LONGEST_BUTTONS = 48;

/** A closed list: side by side where it is short, else a list to open. */
export function CategoryControl(props: ControlProps<CategoryField>) {
  const { values } = props.field;
  return isShort(values) ? <Choice {...props} values={values} /> : <Select {...props} values={values} />;
}

export function BooleanControl(props: ControlProps<BooleanField>) {
  return <Choice {...props} values={[true, false]} titles={['yes', 'no']} />;
}

/** Whether a control is a group, which a `<label>` cannot name. */
export const isShort = (values: readonly CategoryValue[]): boolean =>
  values.length <= MOST_BUTTONS && values.join('').length <= LONGEST_BUTTONS;

type ListProps = ControlProps & { readonly values: readonly CategoryValue[]; readonly titles?: readonly string[] };

function Choice({ values, titles, ...props }: ListProps) {
  const { id, entry, onChange } = props;
  const { 'aria-required': required, ...aria } = ariaOf(props);
  return (
    <div class="choice" role="radiogroup" id={id} aria-labelledby={`${id}-label`} aria-required={required} {...aria}>
      {values.map((value, index) => {
        const text = JSON.stringify(value);
        return (
          <label key={text} class="choice-option">
            <input
              type="radio"
              name={id}
              value={text}
              checked={!entry.isLeftOut && entry.text === text}
              onChange={() => onChange(withText(text))}
            />
            <span>{titles?.[index] ?? String(value)}</span>
          </label>
        );
      })}
    </div>
  );
}

function Select({ values, ...props }: ListProps) {
  const { id, entry, onChange } = props;
  return (
    <select
      id={id}
      value={entry.isLeftOut ? '' : entry.text}
      onChange={({ currentTarget }) => onChange(withText(currentTarget.value))}
      {...ariaOf(props)}
    >
      <option value="">{entry.isLeftOut ? 'left out' : 'Choose…'}</option>
      {values.map((value) => (
        <option key={JSON.stringify(value)} value={JSON.stringify(value)}>
          {String(value)}
        </option>
      ))}
    </select>
  );
}
