import type { ModelSummary } from '@web-single/sdk';
import { ModelPage } from './model/model-page.tsx';
import { encodeLink } from './permalink/encode-link.ts';
import { useLink } from './permalink/use-link.ts';
import type { Place } from './permalink/use-link.ts';
import { failureOf } from './server/failure.ts';
import { predictor } from './server/predictor.ts';
import { ServerInfoContext } from './server/server-info.ts';
import { useLoaded } from './server/use-loaded.ts';
import { FailureAlert } from './shell/failure-alert.tsx';
import { Guarded } from './shell/guarded.tsx';
import { ModelSwitcher } from './shell/model-switcher.tsx';
import { PageFooter } from './shell/page-footer.tsx';
import { PageHeader } from './shell/page-header.tsx';

/** The whole page: the models of the server, and the one the address names. */
export function App() {
  const place = useLink();
  const { value: models, error, reload } = useLoaded('models', (signal) => predictor.listModels({ signal }));
  const { value: server } = useLoaded('server', (signal) => predictor.server({ signal }));
  return (
    <ServerInfoContext.Provider value={server}>
      <PageHeader />
      {models !== undefined && <Models models={models} place={place} />}
      {models === undefined && (
        <main>
          {error === undefined ? (
            <p class="loading">Asking the server for its models…</p>
          ) : (
            <FailureAlert failure={failureOf(error)}>
              <button type="button" class="button is-small" onClick={reload}>
                Try again
              </button>
            </FailureAlert>
          )}
        </main>
      )}
      <PageFooter />
    </ServerInfoContext.Provider>
  );
}

function Models({ models, place }: { readonly models: readonly ModelSummary[]; readonly place: Place }) {
  const selected = place.link?.model ?? (models.find((model) => model.default) ?? models[0])?.name;
  if (selected === undefined) {
    return (
      <main>
        <p class="empty">The server has no models yet.</p>
      </main>
    );
  }
  return (
    <>
      {models.length > 1 && (
        <ModelSwitcher {...{ models, selected }} onSelect={(model) => (location.hash = encodeLink({ model }).hash)} />
      )}
      <Guarded key={selected}>
        <ModelPage name={selected} place={place} />
      </Guarded>
    </>
  );
}
