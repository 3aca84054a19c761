import { useEffect, useState } from 'preact/hooks';
import { copyText } from './copy-text.ts';

const SHOWN_MS = 2000;

/** Copies a text and says so, to a screen reader too. */
export function CopyButton({ text, label }: { readonly text: string; readonly label: string }) {
  const [outcome, setOutcome] = useState<'copied' | 'failed'>();
  useEffect(() => {
    if (outcome === undefined) return;
    const timer = setTimeout(() => setOutcome(undefined), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [outcome]);
  const copy = () => {
    copyText(text).then(
      () => setOutcome('copied'),
      () => setOutcome('failed'),
    );
  };
  return (
    <button type="button" class="button is-small copy-button" onClick={copy}>
      <span aria-live="polite">
        {outcome === undefined ? label : outcome === 'copied' ? 'Copied' : 'Select and copy by hand'}
      </span>
    </button>
  );
}
