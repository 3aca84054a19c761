import { useState } from 'preact/hooks';
import type { TensorField } from '../server/model-description.ts';
import { withText } from './control-props.ts';
import type { ControlProps } from './control-props.ts';
import { numberOfText, numbersOfText } from './number-text.ts';
import { textOfVector, vectorOf, wrongElements } from './vector-text.ts';

/** A box per element of a short vector of fixed length. A row that is pasted into one goes on in those behind it. */
export function VectorBoxes({ id, field, entry, onChange, describedBy, errors }: ControlProps<TensorField>) {
  const length = field.dims[0] as number;
  const elements = vectorOf(entry.isLeftOut ? '' : entry.text, length);
  const isWrong = wrongElements(errors, length);
  // What is typed halfway, such as "-" or "1.", is no number yet, and must stay as it is.
  const [typed, setTyped] = useState<readonly (string | undefined)[]>([]);
  const textAt = (index: number): string => {
    const [text, element] = [typed[index], elements[index] ?? null];
    return text !== undefined && (numberOfText(text) ?? null) === element ? text : String(element ?? '');
  };
  const fill = (index: number, texts: readonly string[]) => {
    const next = Array.from({ length }, (_, at) => texts[at - index] ?? textAt(at));
    setTyped(next);
    onChange(withText(textOfVector(next.map(numberOfText))));
  };
  const paste = (index: number) => (event: ClipboardEvent) => {
    const numbers = numbersOfText(event.clipboardData?.getData('text') ?? '');
    if (numbers === undefined) return;
    event.preventDefault();
    fill(index, numbers.map(String));
  };
  return (
    <div class="vector-boxes" role="group" id={id} aria-labelledby={`${id}-label`} aria-describedby={describedBy}>
      {elements.map((_, index) => (
        <label key={index}>
          <span class="index">{index}</span>
          <input
            type="text"
            autocomplete="off"
            aria-label={`Element ${index}`}
            aria-invalid={isWrong[index]}
            value={textAt(index)}
            onInput={({ currentTarget }) => fill(index, [currentTarget.value])}
            onPaste={paste(index)}
          />
        </label>
      ))}
    </div>
  );
}
