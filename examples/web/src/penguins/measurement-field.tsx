import { useId } from 'react';
import type { Measurement } from './measurements.ts';

interface MeasurementFieldProps {
  readonly measurement: Measurement;
  /** As typed; empty: left out. */
  readonly text: string;
  readonly problem: string | undefined;
  readonly onChange: (text: string) => void;
}

/** A number with its unit, which may be left out. */
export function MeasurementField({ measurement, text, problem, onChange }: MeasurementFieldProps) {
  const { title, unit, step } = measurement;
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{title}</label>
      <span className="with-unit">
        <input
          id={id}
          type="number"
          inputMode="decimal"
          step={step}
          value={text}
          placeholder="left out"
          aria-invalid={problem !== undefined}
          aria-describedby={`${id}-problem`}
          onChange={({ target }) => onChange(target.value)}
        />
        {unit}
      </span>
      <small id={`${id}-problem`} className="problem">
        {problem}
      </small>
    </div>
  );
}
