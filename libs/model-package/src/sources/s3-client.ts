import aws4 from 'aws4';
import type { HttpAnswer } from './http-answer.ts';
import type { HttpClient } from './http-client.ts';
import type { Environment, S3Credentials } from './aws-environment.ts';
import { findCredentials } from './s3-credentials.ts';
import { s3Endpoint } from './s3-endpoint.ts';
import type { S3Location } from './source-uri.ts';

export interface S3Request {
  readonly location: S3Location;
  /** Of an object; empty for the bucket itself. */
  readonly key: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

/** Signed GETs (Signature Version 4); unsigned ones where there are no credentials. */
export class S3Client {
  readonly #client: HttpClient;
  readonly #environment: Environment;
  #credentials: Promise<S3Credentials | undefined> | undefined;

  constructor(client: HttpClient, environment: Environment) {
    this.#client = client;
    this.#environment = environment;
  }

  /** The answer, whatever its status. Redirects are not followed: a signature holds for one host. */
  async get({ location, key, query = {}, headers = {}, signal }: S3Request): Promise<HttpAnswer> {
    const { origin, basePath, region } = s3Endpoint(location, this.#environment);
    this.#credentials ??= findCredentials(this.#environment, this.#client, signal);
    const credentials = await this.#credentials;
    const search = Object.entries(query).map(([name, value]) => `${encode(name)}=${encode(value)}`);
    const path = `${basePath}/${key.split('/').map(encode).join('/')}${search.length > 0 ? `?${search.join('&')}` : ''}`;
    const unsigned = { method: 'GET', host: origin.host, path, service: 's3', region, headers: { ...headers } };
    const signed = credentials === undefined ? unsigned : aws4.sign(unsigned, { ...credentials });
    const url = new URL(path, origin);
    const sent = Object.entries(signed.headers ?? {}).map(
      ([name, value]) => [name.toLowerCase(), String(value)] as const,
    );
    return this.#client.get({ url, writtenHost: origin.hostname, headers: Object.fromEntries(sent), signal });
  }
}

/** RFC 3986, as the signature wants it. */
function encode(text: string): string {
  const hex = (character: string): string => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
  return encodeURIComponent(text).replaceAll(/[!'()*]/g, hex);
}
