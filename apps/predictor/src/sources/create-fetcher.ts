import { ModelFetcher, type AllowedHosts } from '@web-single/model-package';
import type { Settings } from '../config/settings.ts';

/** Fetches as the settings say, with the credentials of the environment. */
export function createFetcher(
  { MODEL_CACHE, MODEL_SOURCE_LIMIT_BYTES }: Settings,
  allowedHosts: AllowedHosts,
  environment: Readonly<Record<string, string | undefined>>,
): ModelFetcher {
  return new ModelFetcher({
    allowedHosts,
    cacheFolder: MODEL_CACHE,
    limitBytes: MODEL_SOURCE_LIMIT_BYTES,
    environment,
  });
}
