import { ChoiceField } from './choice-field.tsx';
import { MeasurementField } from './measurement-field.tsx';
import { measurements } from './measurements.ts';
import type { PenguinDraft } from './penguin-row.ts';

interface PenguinFieldsProps {
  readonly draft: PenguinDraft;
  /** What is wrong, by field. */
  readonly problems: ReadonlyMap<string, string>;
  readonly onChange: (draft: PenguinDraft) => void;
}

/** A control for each field, with its problem below it. */
export function PenguinFields({ draft, problems, onChange }: PenguinFieldsProps) {
  return (
    <div className="fields">
      <ChoiceField
        title="Island"
        values={['Biscoe', 'Dream', 'Torgersen']}
        value={draft.island}
        empty="Choose…"
        problem={problems.get('island')}
        onChange={(island) => onChange({ ...draft, island })}
      />
      <ChoiceField
        title="Sex"
        values={['female', 'male']}
        value={draft.sex}
        empty="not known"
        problem={problems.get('sex')}
        onChange={(sex) => onChange({ ...draft, sex })}
      />
      {measurements.map((measurement) => (
        <MeasurementField
          key={measurement.name}
          measurement={measurement}
          text={draft.measurements[measurement.name] ?? ''}
          problem={problems.get(measurement.name)}
          onChange={(text) => onChange({ ...draft, measurements: { ...draft.measurements, [measurement.name]: text } })}
        />
      ))}
    </div>
  );
}
