import { useId } from 'react';

interface ChoiceFieldProps<Value extends string> {
  readonly title: string;
  readonly values: readonly Value[];
  readonly value: Value | '';
  /** What the empty choice says. */
  readonly empty: string;
  readonly problem: string | undefined;
  readonly onChange: (value: Value | '') => void;
}

/** One of a few values, or none. */
export function ChoiceField<Value extends string>(props: ChoiceFieldProps<Value>) {
  const { title, values, value, empty, problem, onChange } = props;
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{title}</label>
      <select
        id={id}
        value={value}
        aria-invalid={problem !== undefined}
        aria-describedby={`${id}-problem`}
        onChange={({ target }) => onChange(values.find((known) => known === target.value) ?? '')}
      >
        <option value="">{empty}</option>
        {values.map((known) => (
          <option key={known}>{known}</option>
        ))}
      </select>
      <small id={`${id}-problem`} className="problem">
        {problem}
      </small>
    </div>
  );
}
