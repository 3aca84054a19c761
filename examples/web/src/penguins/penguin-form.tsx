import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { predictOptions } from '../predict-options.ts';
import { predictor } from '../predictor.ts';
import { GeneralProblem, problemsByField } from '../problems.tsx';
import { useDebounced } from '../use-debounced.ts';
import { PenguinAnswer } from './penguin-answer.tsx';
import { PenguinFields } from './penguin-fields.tsx';
import { rowOf, type PenguinDraft } from './penguin-row.ts';

const DEBOUNCE_MS = 200;
const EMPTY: PenguinDraft = { island: '', sex: '', measurements: {} };

/** A prediction while the form is filled in: what was asked for an older state of it is cancelled. */
export function PenguinForm() {
  const [draft, setDraft] = useState(EMPTY);
  const row = useDebounced(
    useMemo(() => rowOf(draft), [draft]),
    DEBOUNCE_MS,
  );
  const query = { ...predictOptions(predictor.models.penguins, row), placeholderData: keepPreviousData };
  const { data, error, isFetching } = useQuery(query);
  const problems = problemsByField(error);
  return (
    <section className="card" aria-labelledby="penguins">
      <h2 id="penguins">Which penguin?</h2>
      <p>Only the island is needed; what you do not know stays empty.</p>
      <PenguinFields draft={draft} problems={problems} onChange={setDraft} />
      <GeneralProblem error={error} />
      <output className="answer" aria-busy={isFetching}>
        <PenguinAnswer
          prediction={row === undefined || error !== null ? undefined : data}
          hasProblems={problems.size > 0}
        />
      </output>
    </section>
  );
}
