import type { TensorField } from '../server/model-description.ts';
import { ariaOf, withText } from './control-props.ts';
import type { ControlProps } from './control-props.ts';
import { VectorBoxes } from './vector-boxes.tsx';
import { isSmall, nest, zerosOf } from './zeros-of.ts';

const MOST_BOXES = 16;

/** Whether a control is a group of boxes, which a `<label>` cannot name. */
export function isBoxes({ dims, dtype }: TensorField): boolean {
  const [length, ...rest] = dims;
  return rest.length === 0 && typeof length === 'number' && length <= MOST_BOXES && /^(u?int|float)/.test(dtype);
}

/** A short vector as boxes; anything else as nested JSON, with a start to edit. */
export function TensorControl(props: ControlProps<TensorField>) {
  const { id, field, entry, onChange } = props;
  const fill = (value: unknown) => onChange(withText(JSON.stringify(value)));
  if (isBoxes(field)) return <VectorBoxes {...props} />;
  return (
    <div class="tensor-control">
      <textarea
        id={id}
        class="code"
        rows={5}
        spellcheck={false}
        value={entry.isLeftOut ? '' : entry.text}
        placeholder={entry.isLeftOut ? 'left out' : '[1, 2.5, …]'}
        onInput={({ currentTarget }) => onChange(withText(currentTarget.value))}
        {...ariaOf(props)}
      />
      {isSmall(field) && field.dtype !== 'string' && (
        <span class="small-buttons">
          <button type="button" class="button is-small" onClick={() => fill(zerosOf(field))}>
            Zeros
          </button>
          <button
            type="button"
            class="button is-small"
            onClick={() => fill(nest(field.dims, randomElement(field.dtype)))}
          >
            Random
          </button>
        </span>
      )}
    </div>
  );
}

function randomElement(dtype: string): () => unknown {
  if (dtype === 'bool') return () => Math.random() < 0.5;
  if (dtype.startsWith('float')) return () => Math.round(Math.random() * 1000) / 1000;
  return () => Math.floor(Math.random() * 100);
}
