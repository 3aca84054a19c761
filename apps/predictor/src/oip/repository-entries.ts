import type { RepositoryEntry, RepositoryState } from '@web-single/contract';
import type { LoadedModels, ModelState } from '@web-single/serving';

const STATES: Readonly<Record<ModelState['state'], RepositoryState>> = {
  loading: 'LOADING',
  ready: 'READY',
  failed: 'UNAVAILABLE',
  unloaded: 'UNAVAILABLE',
};

/** Every known version with its state, by name and then version, highest first. */
export function repositoryEntries(models: LoadedModels): RepositoryEntry[] {
  return models.names().flatMap((name) =>
    models.versions(name).map(({ version, state }) => ({
      name,
      version,
      state: isSwitchedOff(state) ? 'UNAVAILABLE' : STATES[state.state],
      reason: reasonOf(state),
    })),
  );
}

function isSwitchedOff(state: ModelState): boolean {
  return state.state === 'ready' && !state.served.isEnabled;
}

function reasonOf(state: ModelState): string {
  if (isSwitchedOff(state)) return 'switched off';
  if (state.state === 'unloaded') return state.message ?? 'unloaded';
  return state.state === 'failed' ? state.message : '';
}
