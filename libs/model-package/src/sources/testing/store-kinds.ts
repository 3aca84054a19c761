import type { FetcherSettings } from '../model-fetcher.ts';
import type { FakeStore } from './fake-store.ts';

/** The two ways to a store: what every source must do is tried through both. */
export interface StoreKind {
  readonly name: string;
  uri(store: FakeStore, path: string): string;
  settings(store: FakeStore): Partial<FetcherSettings>;
}

export const httpStore: StoreKind = {
  name: 'https',
  uri: (store, path) => `${store.server.url}/${path}`,
  settings: () => ({}),
};

export const s3Store: StoreKind = {
  name: 's3',
  uri: (_store, path) => `s3://bucket/${path}`,
  settings: (store) => ({
    environment: {
      AWS_ENDPOINT_URL_S3: store.server.url,
      AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
      AWS_SECRET_ACCESS_KEY: 's3cret-key',
      AWS_SESSION_TOKEN: 's3cret-token',
    },
  }),
};
