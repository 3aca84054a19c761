import { useEffect } from 'preact/hooks';
import type { Place } from '../permalink/use-link.ts';
import { failureOf } from '../server/failure.ts';
import type { ModelDescription } from '../server/model-description.ts';
import { predictor } from '../server/predictor.ts';
import { useLoaded } from '../server/use-loaded.ts';
import { FailureAlert } from '../shell/failure-alert.tsx';
import { ModelView } from './model-view.tsx';

/** Loads what the server says of a model, and shows it. */
export function ModelPage({ name, place }: { readonly name: string; readonly place: Place }) {
  const { value, error, reload } = useLoaded(name, (signal) => predictor.model(name).describe({ signal }));
  useEffect(() => {
    document.title = `${name} · Playground`;
  }, [name]);
  if (value !== undefined) return <ModelView description={value as unknown as ModelDescription} place={place} />;
  return (
    <main>
      <h1>{name}</h1>
      {error === undefined ? (
        <p class="loading">Asking for the model…</p>
      ) : (
        <FailureAlert failure={failureOf(error)}>
          {failureOf(error).code !== 'MODEL_NOT_FOUND' && (
            <button type="button" class="button is-small" onClick={reload}>
              Try again
            </button>
          )}
        </FailureAlert>
      )}
    </main>
  );
}
