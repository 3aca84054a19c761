import type { InputField } from '../server/model-description.ts';
import type { Entry } from './draft.ts';
import { controlOf, isGroup } from './field-controls.ts';
import { fieldId } from './field-id.ts';
import { fieldHint } from './field-hint.ts';
import { fieldTitle, hidesName } from './field-title.ts';

export interface FieldFrameProps {
  readonly name: string;
  readonly field: InputField;
  readonly entry: Entry;
  readonly errors: readonly string[];
  readonly onChange: (name: string, entry: Entry) => void;
}

/** One field: label, "leave out", control, hint and what is wrong with it, tied together for a screen reader. */
export function FieldFrame({ name, field, entry, errors, onChange }: FieldFrameProps) {
  const id = fieldId(name);
  const Control = controlOf(field);
  const describedBy = `${id}-hint ${id}-error`;
  return (
    <div
      class={`field is-${field.type}${entry.isLeftOut ? ' is-left-out' : ''}${errors.length > 0 ? ' is-invalid' : ''}`}
    >
      <div class="field-head">
        <FieldLabel {...{ id, name, field }} />
        {field.optional === true && (
          <label class="leave-out">
            <input
              type="checkbox"
              checked={entry.isLeftOut}
              aria-label={`Leave out ${fieldTitle(name, field)}`}
              onChange={({ currentTarget }) => onChange(name, { ...entry, isLeftOut: currentTarget.checked })}
            />
            leave out
          </label>
        )}
      </div>
      <Control
        {...{ id, name, field, entry, describedBy, errors }}
        isInvalid={errors.length > 0}
        onChange={(next) => onChange(name, next)}
      />
      <Hint {...{ id, field }} />
      <div id={`${id}-error`} class="field-error">
        {errors.map((error) => (
          <p key={error}>{error}</p>
        ))}
      </div>
    </div>
  );
}

function FieldLabel({ id, name, field }: { id: string; name: string; field: InputField }) {
  const title = fieldTitle(name, field);
  const text = (
    <>
      {title} {hidesName(title, name) && <code class="field-name">{name}</code>}
    </>
  );
  return isGroup(field) ? (
    <span id={`${id}-label`} class="field-label">
      {text}
    </span>
  ) : (
    <label id={`${id}-label`} for={id} class="field-label">
      {text}
    </label>
  );
}

function Hint({ id, field }: { id: string; field: InputField }) {
  const parts = [field.description ?? '', fieldHint(field)].filter((part) => part !== '');
  return (
    <p id={`${id}-hint`} class="field-hint">
      {parts.map((part, index) => (
        <span key={index}>{part}</span>
      ))}
    </p>
  );
}
