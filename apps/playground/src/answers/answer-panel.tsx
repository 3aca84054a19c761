import { fieldTitle, hidesName } from '../fields/field-title.ts';
import type { OutputField, OutputFields } from '../server/model-description.ts';
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
            <OutputTitle name={name} field={field} />
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

function OutputTitle({ name, field }: { readonly name: string; readonly field: OutputField }) {
  const title = fieldTitle(name, field);
  return (
    <h3>
      {title} {hidesName(title, name) && <code class="field-name">{name}</code>}
    </h3>
  );
}
