import { useMemo, useState } from 'preact/hooks';
import { ModelCard } from '../card/model-card.tsx';
import { Notices } from '../card/notices.tsx';
import { CodePanel } from '../code/code-panel.tsx';
import { rowOfDraft } from '../fields/value-of-entry.ts';
import type { Place } from '../permalink/use-link.ts';
import { hasImages } from '../server/model-description.ts';
import type { ModelDescription } from '../server/model-description.ts';
import { TablePanel } from '../table/table-panel.tsx';
import { Tabs } from '../tabs/tabs.tsx';
import { AnswerColumn } from './answer-column.tsx';
import { InputForm } from './input-form.tsx';
import { ModelHead } from './model-head.tsx';
import { useForm } from './use-form.ts';

const MODES = [
  { id: 'row', title: 'One row' },
  { id: 'table', title: 'Table (CSV)' },
] as const;

/** One model: its head, input and answer side by side, the call in code, the card. */
export function ModelView({ description, place }: { readonly description: ModelDescription; readonly place: Place }) {
  const form = useForm(description, place);
  const [mode, setMode] = useState<'row' | 'table'>('row');
  const { row } = useMemo(() => rowOfDraft(description.signature.input, form.draft), [description, form.draft]);
  const input = (
    <>
      {mode === 'row' && <InputForm description={description} form={form} />}
      {mode === 'table' && <TablePanel description={description} version={form.version} />}
    </>
  );
  return (
    <main>
      <ModelHead description={description} version={form.version} onVersion={form.setVersion} />
      <Notices {...description} />
      <div class={`columns is-${mode}`}>
        <section class="panel input-panel" aria-labelledby="input-title">
          <h2 id="input-title">Input</h2>
          {hasImages(description.signature.input) ? (
            input
          ) : (
            <Tabs label="Kind of input" tabs={MODES} selected={mode} onSelect={setMode}>
              {input}
            </Tabs>
          )}
        </section>
        {mode === 'row' && <AnswerColumn description={description} form={form} />}
      </div>
      {mode === 'row' && <CodePanel description={description} draft={form.draft} row={row} version={form.version} />}
      <ModelCard description={description} />
    </main>
  );
}
