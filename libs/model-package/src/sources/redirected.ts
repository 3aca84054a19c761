import type { HttpRequest } from './http-client.ts';
import { SourceError } from './source-error.ts';
import { redact, writtenHost } from './source-uri.ts';

/** Not passed on to another origin. */
const CREDENTIALS = ['authorization', 'cookie'];

/** The request that a redirect asks for; its host is not checked yet. Throws for one from https to http. */
export function redirected({ url, headers, signal }: HttpRequest, location: string): HttpRequest {
  const next = URL.canParse(location, url.href) ? new URL(location, url.href) : undefined;
  if (next === undefined) throw new SourceError('refused', `"${url.host}" redirected to what is no address.`);
  if (url.protocol === 'https:' && next.protocol === 'http:')
    throw new SourceError('not-allowed', `"${url.host}" redirected from https to http, to ${redact(next.href)}.`);
  next.username = '';
  next.password = '';
  const isRelative = !/^([a-z][a-z0-9+.-]*:|[\\/]{2})/i.test(location);
  const host = isRelative ? url.hostname : writtenHost(/^[\\/]{2}/.test(location) ? `x:${location}` : location);
  const kept = Object.entries(headers).filter(([name]) => next.origin === url.origin || !CREDENTIALS.includes(name));
  return { url: next, writtenHost: host, headers: Object.fromEntries(kept), signal };
}
