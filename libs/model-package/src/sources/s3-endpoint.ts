import { isSet, type Environment } from './aws-environment.ts';
import { SourceError } from './source-error.ts';
import type { S3Location } from './source-uri.ts';

export interface S3Endpoint {
  /** Scheme, host and port. */
  readonly origin: URL;
  /** Before the key: the bucket, where the host does not name it. */
  readonly basePath: string;
  readonly region: string;
}

/** Where a bucket is asked for: AWS, with the bucket in the host's name, or another server, with the bucket in the path. */
export function s3Endpoint({ bucket }: S3Location, environment: Environment): S3Endpoint {
  const { AWS_REGION, AWS_DEFAULT_REGION, AWS_ENDPOINT_URL_S3, AWS_ENDPOINT_URL } = environment;
  const region = [AWS_REGION, AWS_DEFAULT_REGION].find(isSet) ?? 'us-east-1';
  const endpoint = [AWS_ENDPOINT_URL_S3, AWS_ENDPOINT_URL].find(isSet);
  if (endpoint !== undefined) {
    const origin = URL.canParse(endpoint) ? new URL(endpoint) : undefined;
    if (origin === undefined || !/^https?:$/.test(origin.protocol))
      throw new SourceError('not-allowed', 'AWS_ENDPOINT_URL_S3 or AWS_ENDPOINT_URL is no http or https address.');
    return { origin, basePath: `${origin.pathname.replace(/\/$/, '')}/${bucket}`, region };
  }
  // A dot in the bucket's name would not fit the certificate.
  const host = `s3.${region}.amazonaws.com`;
  return bucket.includes('.')
    ? { origin: new URL(`https://${host}`), basePath: `/${bucket}`, region }
    : { origin: new URL(`https://${bucket}.${host}`), basePath: '', region };
}
