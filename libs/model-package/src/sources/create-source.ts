import type { AllowedHosts } from './allowed-hosts.ts';
import { HttpClient } from './http-client.ts';
import { HttpsSource } from './https-source.ts';
import type { ModelSource } from './model-source.ts';
import { systemResolver, type Resolver } from './resolver.ts';
import { S3Client } from './s3-client.ts';
import type { Environment } from './aws-environment.ts';
import { S3Source } from './s3-source.ts';
import type { SourceUri } from './source-uri.ts';

export interface SourceSettings {
  readonly allowedHosts: AllowedHosts;
  /** Where the AWS_* variables are read. */
  readonly environment: Environment;
  readonly resolve?: Resolver;
  readonly connectTimeoutMs?: number;
  readonly idleTimeoutMs?: number;
  /** Of a clock that never goes back; the process's own without. */
  readonly nowMs?: () => number;
}

const CONNECT_TIMEOUT_MS = 10_000;
const IDLE_TIMEOUT_MS = 30_000;
const systemNames = systemResolver();

/** The source that a URI names. */
export function createSource(uri: SourceUri, settings: SourceSettings): ModelSource {
  const client = new HttpClient({
    allowedHosts: settings.allowedHosts,
    resolve: settings.resolve ?? systemNames,
    connectTimeoutMs: settings.connectTimeoutMs ?? CONNECT_TIMEOUT_MS,
    idleTimeoutMs: settings.idleTimeoutMs ?? IDLE_TIMEOUT_MS,
    nowMs: settings.nowMs ?? (() => performance.now()),
  });
  const { location } = uri;
  if (location.scheme === 'http') return new HttpsSource(client, uri, location);
  return new S3Source(new S3Client(client, settings.environment), uri, location);
}
