import { useEffect, useState } from 'preact/hooks';
import { ExampleList } from '../examples/example-list.tsx';
import { draftOfRow } from '../fields/entry-of-value.ts';
import { FieldFrame } from '../fields/field-frame.tsx';
import { focusField } from '../fields/field-id.ts';
import { rowOfDraft } from '../fields/value-of-entry.ts';
import type { ModelDescription } from '../server/model-description.ts';
import { ShareButton } from './share-button.tsx';
import type { useForm } from './use-form.ts';

const LIVE_DELAY_MS = 250;

export interface InputFormProps {
  readonly description: ModelDescription;
  readonly form: ReturnType<typeof useForm>;
}

/** Examples, a control per field, and the button; Enter in any box predicts. */
export function InputForm({ description, form }: InputFormProps) {
  const { draft, errors, change, predict, setDraft } = form;
  const [isLive, setLive] = useLive(form);
  const submit = (event: Event) => {
    event.preventDefault();
    if (predict(draft, 'ask')) return;
    const [first] = Object.keys(rowOfDraft(description.signature.input, draft).problems);
    if (first !== undefined) focusField(first);
  };
  return (
    <>
      <ExampleList
        description={description}
        onChoose={({ input }) => {
          const next = draftOfRow(description.signature.input, input);
          setDraft(next);
          predict(next, 'ask');
        }}
      />
      <form class="fields" noValidate onSubmit={submit}>
        {Object.entries(description.signature.input).map(([name, field]) => (
          <FieldFrame
            key={name}
            {...{ name, field }}
            entry={draft[name]!}
            errors={Object.hasOwn(errors, name) ? errors[name]! : []}
            onChange={change}
          />
        ))}
        <Actions {...{ description, form, isLive, setLive }} />
      </form>
    </>
  );
}

type ActionsProps = InputFormProps & { readonly isLive: boolean; readonly setLive: (isLive: boolean) => void };

function Actions({ description, form, isLive, setLive }: ActionsProps) {
  return (
    <div class="actions">
      <button type="submit" class="button is-primary">
        Predict
      </button>
      <label class="live">
        <input type="checkbox" checked={isLive} onChange={({ currentTarget }) => setLive(currentTarget.checked)} />
        at every change
      </label>
      <ShareButton description={description} draft={form.draft} version={form.version} />
    </div>
  );
}

/** Predicts a moment after every change, while it is switched on; over the present entry of the history. */
function useLive({ draft, predict, isStale }: InputFormProps['form']) {
  const [isLive, setLive] = useState(false);
  useEffect(() => {
    if (!isLive || !isStale) return;
    const timer = setTimeout(() => predict(draft, 'change'), LIVE_DELAY_MS);
    return () => clearTimeout(timer);
  }, [isLive, draft]);
  return [isLive, setLive] as const;
}
