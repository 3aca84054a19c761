import { CopyButton } from '../code/copy-button.tsx';
import type { Draft } from '../fields/draft.ts';
import { fieldTitle } from '../fields/field-title.ts';
import type { ModelDescription } from '../server/model-description.ts';
import { linkOfDraft } from './link-of-draft.ts';

export interface ShareButtonProps {
  readonly description: ModelDescription;
  readonly draft: Draft;
  readonly version: string | undefined;
}

/** Copies the link that carries the input, and says what it cannot carry. */
export function ShareButton({ description, draft, version }: ShareButtonProps) {
  const { hash, tooLarge } = linkOfDraft(description, draft, version);
  return (
    <span class="share">
      <CopyButton text={new URL(hash, location.href).href} label="Copy link" />
      {tooLarge.length > 0 && (
        <span class="share-note">
          Too large for a link:{' '}
          {tooLarge.map((name) => fieldTitle(name, description.signature.input[name]!)).join(', ')}
        </span>
      )}
    </span>
  );
}
