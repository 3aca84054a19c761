import { createClient } from '@web-single/sdk';

/** The page's only way to the server: its own origin, behind whatever prefix; no table, since models of any name may be there. */
export const predictor = createClient<Record<never, never>>({}, { baseUrl: new URL('.', location.href) });

/** What a developer would pass as `baseUrl`, without the trailing slash. */
export function pageBaseUrl(): string {
  return new URL('.', location.href).href.replace(/\/$/, '');
}
