import { useEffect, useRef } from 'preact/hooks';
import { AnswerPanel } from '../answers/answer-panel.tsx';
import { answerSentence } from '../answers/answer-sentence.ts';
import { focusField } from '../fields/field-id.ts';
import { fieldTitle } from '../fields/field-title.ts';
import type { Failure } from '../server/failure.ts';
import type { InputFields, ModelDescription } from '../server/model-description.ts';
import { fieldOf } from '../server/problems-by-field.ts';
import { FailureAlert } from '../shell/failure-alert.tsx';
import type { InputFormProps } from './input-form.tsx';

/** So much of the panel is enough to see that the answer is there. */
const SEEN_PX = 160;

/** The answer, or why there is none; its gist is read out when it comes. */
export function AnswerColumn({ description, form }: InputFormProps) {
  const { answer, failure, isRunning, isStale } = form;
  const outputs = description.signature.output;
  const hint = `The answer comes here: fill in the form${description.examples.length > 0 ? ', or take an example' : ''}.`;
  const panel = useRef<HTMLElement>(null);
  useEffect(() => {
    const isBelow = (panel.current?.getBoundingClientRect().top ?? 0) > innerHeight - SEEN_PX;
    if (form.isAsked.current && !isRunning && isBelow) panel.current?.scrollIntoView();
  }, [answer, failure]);
  const gist = answer === undefined ? '' : answerSentence(outputs, answer.prediction) || 'The answer is here';
  return (
    <section
      ref={panel}
      class={`panel answer-panel${isRunning ? ' is-running' : ''}`}
      aria-labelledby="answer-title"
      aria-busy={isRunning}
    >
      <div class="answer-head">
        <h2 id="answer-title">Answer</h2>
        {answer !== undefined && isStale && !isRunning && <span class="stale">of the input before your change</span>}
      </div>
      <p class="off-screen" role="status">
        {isRunning ? '' : gist && `Answer: ${gist}`}
      </p>
      {failure !== undefined && (
        <FailureAlert failure={gistOf(failure, description, Object.keys(form.errors).length > 0)}>
          <FieldLinks names={Object.keys(form.errors)} fields={description.signature.input} />
        </FailureAlert>
      )}
      {answer !== undefined && <AnswerPanel outputs={outputs} answer={answer} />}
      {answer === undefined && failure === undefined && <p class="empty">{isRunning ? 'Predicting…' : hint}</p>}
    </section>
  );
}

/** Of wrong values the gist alone: each is told beside its field. */
function gistOf(failure: Failure, { signature }: ModelDescription, hasErrors: boolean): Failure {
  const names = Object.keys(signature.input);
  const isAllBeside = failure.details.every(({ field }) => fieldOf(field, names) !== undefined);
  if (failure.details.length === 0 || !isAllBeside) return failure;
  const message = hasErrors
    ? 'The model does not take this input. What it expects is told beside the field:'
    : 'The model did not take the input before your change.';
  return { ...failure, message };
}

/** Leads from the error to the fields it is about. */
function FieldLinks({ names, fields }: { readonly names: readonly string[]; readonly fields: InputFields }) {
  const known = names.filter((name) => Object.hasOwn(fields, name));
  if (known.length === 0) return null;
  return (
    <ul class="field-links">
      {known.map((name) => (
        <li key={name}>
          <button type="button" class="link-button" onClick={() => focusField(name)}>
            {fieldTitle(name, fields[name]!)}
          </button>
        </li>
      ))}
    </ul>
  );
}
