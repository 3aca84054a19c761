import type { HttpClient } from './http-client.ts';
import { isSet, type Environment, type S3Credentials } from './aws-environment.ts';
import { SourceError } from './source-error.ts';
import { fromContainer } from './container-credentials.ts';
import { fromWebIdentity } from './web-identity-credentials.ts';

/**
 * Credentials as the AWS SDKs look for them: AWS_ACCESS_KEY_ID and its like, a web identity (a token of Kubernetes), the
 * container's own endpoint. undefined where nothing names any: requests are not signed. Asked anew for every fetch: they expire.
 */
export async function findCredentials(
  environment: Environment,
  client: HttpClient,
  signal: AbortSignal,
): Promise<S3Credentials | undefined> {
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } = environment;
  if (isSet(accessKeyId) && isSet(secretAccessKey)) {
    const { AWS_SESSION_TOKEN: sessionToken } = environment;
    return { accessKeyId, secretAccessKey, ...(isSet(sessionToken) ? { sessionToken } : {}) };
  }
  if (isSet(accessKeyId) || isSet(secretAccessKey))
    throw new SourceError('credentials', 'Of AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY only one is set: set both.');
  return (await fromWebIdentity(environment, client, signal)) ?? (await fromContainer(environment, signal));
}
