import type { TensorField } from '../server/model-description.ts';
import { withText } from './control-props.ts';
import type { ControlProps } from './control-props.ts';
import { vectorOf, withElement, wrongElements } from './vector-text.ts';

/** A box per element of a short vector of fixed length. */
export function VectorBoxes({ id, field, entry, onChange, describedBy, errors }: ControlProps<TensorField>) {
  const length = field.dims[0] as number;
  const elements = vectorOf(entry.isLeftOut ? '' : entry.text, length);
  const isWrong = wrongElements(errors, length);
  return (
    <div class="vector-boxes" role="group" id={id} aria-labelledby={`${id}-label`} aria-describedby={describedBy}>
      {elements.map((element, index) => (
        <label key={index}>
          <span class="index">{index}</span>
          <input
            type="number"
            step="any"
            aria-label={`Element ${index}`}
            aria-invalid={isWrong[index]}
            value={element ?? ''}
            onInput={({ currentTarget }) => onChange(withText(withElement(elements, index, currentTarget.value)))}
          />
        </label>
      ))}
    </div>
  );
}
