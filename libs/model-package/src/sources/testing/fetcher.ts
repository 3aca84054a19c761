import { readAllowedHosts } from '../allowed-hosts.ts';
import { ModelFetcher, type FetcherSettings } from '../model-fetcher.ts';
import { SourceError } from '../source-error.ts';
import { readSourceUri, type SourceUri } from '../source-uri.ts';

/** A fetcher that may ask the loopback address, and gives up soon. */
export function loopbackFetcher(cacheFolder: string, settings: Partial<FetcherSettings> = {}): ModelFetcher {
  return new ModelFetcher({
    cacheFolder,
    limitBytes: 2 ** 20,
    allowedHosts: readAllowedHosts('127.0.0.1').hosts,
    environment: {},
    connectTimeoutMs: 2000,
    idleTimeoutMs: 2000,
    ...settings,
  });
}

export function uriOf(text: string): SourceUri {
  const read = readSourceUri(text);
  if ('problem' in read) throw new Error(read.problem);
  return read.uri;
}

/** Reason and message that an attempt fails with. */
export async function failureOf(attempt: Promise<unknown>): Promise<{ reason: string; message: string }> {
  try {
    await attempt;
  } catch (error) {
    if (error instanceof SourceError) return { reason: error.reason, message: error.message };
    throw error;
  }
  throw new Error('It did not fail.');
}
