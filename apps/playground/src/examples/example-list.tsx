import { answerSentence } from '../answers/answer-sentence.ts';
import { pictureOfBase64, urlOfPicture } from '../fields/picture-of-base64.ts';
import type { ModelDescription, ModelExample } from '../server/model-description.ts';

export interface ExampleListProps {
  readonly description: ModelDescription;
  readonly onChoose: (example: ModelExample) => void;
}

/** The golden cases the server shows, one click each; named after the answer their makers recorded. */
export function ExampleList({ description, onChoose }: ExampleListProps) {
  const { examples, signature } = description;
  if (examples.length === 0) return null;
  return (
    <div class="examples" role="group" aria-label="Examples">
      <span class="examples-title" aria-hidden="true">
        Examples
      </span>
      {examples.map((example, index) => {
        const picture = firstPicture(example, description);
        return (
          <button key={index} type="button" class="chip" onClick={() => onChoose(example)}>
            {picture !== undefined && <img src={picture} alt="" width={28} height={28} />}
            {answerSentence(signature.output, example.output) || `Example ${index + 1}`}
          </button>
        );
      })}
    </div>
  );
}

function firstPicture({ input }: ModelExample, { signature }: ModelDescription): string | undefined {
  const field = Object.keys(signature.input).find((name) => signature.input[name]?.type === 'image');
  const { base64 } = ((field === undefined ? undefined : input[field]) ?? {}) as { readonly base64?: string };
  return base64 === undefined ? undefined : urlOfPicture(pictureOfBase64(base64));
}
