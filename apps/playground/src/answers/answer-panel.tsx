import { fieldTitle } from '../fields/field-title.ts';
import type { OutputFields } from '../server/model-description.ts';
import type { Answer } from '../server/use-prediction.ts';
import { viewOf } from './output-views.ts';
import { TimingBar } from './timing-bar.tsx';

export interface AnswerPanelProps {
  readonly outputs: OutputFields;
  readonly answer: Answer;
}

/** The answer, output by output, with its timing and, on demand, its JSON. */
export function AnswerPanel({ outputs, answer }: AnswerPanelProps) {
  const { prediction, model, timing, roundTripMs, requestId } = answer;
  return (
    <div class="answer">
      {Object.entries(outputs).map(([name, field]) => {
        const View = viewOf(field, prediction[name]);
        return (
          <section key={name} class="output" aria-label={name}>
            <h3>
              {fieldTitle(name, field.type === 'number' ? field.unit : undefined)}{' '}
              <code class="field-name">{name}</code>
            </h3>
            <View {...{ name, field, outputs, prediction }} value={prediction[name] ?? null} />
            {field.description !== undefined && <p class="field-hint">{field.description}</p>}
          </section>
        );
      })}
      <TimingBar {...{ timing, roundTripMs }} />
      <details class="raw">
        <summary>JSON</summary>
        <pre class="code-block" tabIndex={0}>
          {JSON.stringify({ model, predictions: [prediction], timing }, null, 2)}
        </pre>
        {requestId !== undefined && (
          <p class="field-hint">
            Request <code>{requestId}</code>
          </p>
        )}
      </details>
    </div>
  );
}
