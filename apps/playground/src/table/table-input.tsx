import { FilePicker } from '../fields/file-picker.tsx';
import { useDrop } from '../fields/use-drop.ts';

export interface TableInputProps {
  /** A CSV to start from; '' where there is none. */
  readonly sample: string;
  /** How the table is read. */
  readonly hint: string;
  readonly text: string;
  readonly onText: (text: string) => void;
}

/** Where a CSV is pasted, dropped or chosen. */
export function TableInput({ sample, hint, text, onText }: TableInputProps) {
  const take = (file: File) => void file.text().then(onText);
  const { isOver, handlers } = useDrop(take);
  return (
    <div class={`table-input${isOver ? ' is-over' : ''}`}>
      <label class="field-label" for="csv">
        CSV with a header
      </label>
      <textarea
        id="csv"
        class="code"
        rows={7}
        spellcheck={false}
        value={text}
        placeholder={'Paste rows here, or drop a file.\nThe first line names the fields.'}
        aria-describedby="csv-hint"
        onInput={({ currentTarget }) => onText(currentTarget.value)}
        {...handlers}
      />
      <p id="csv-hint" class="field-hint">
        {hint}
      </p>
      <div class="small-buttons">
        <FilePicker label="Choose a CSV…" accept=".csv,.tsv,text/csv,text/plain" onFile={take} />
        {sample !== '' && (
          <button type="button" class="button is-small" onClick={() => onText(sample)}>
            Use the examples
          </button>
        )}
      </div>
    </div>
  );
}
