import { InvalidInputError } from './predictor-error.ts';

/** Checks where the server is. Messages do not repeat it: it may hold a secret. */
export function parseBaseUrl(baseUrl: string | URL): URL {
  let url: URL;
  try {
    url = new URL(baseUrl, (globalThis as { location?: { href: string } }).location?.href);
  } catch {
    throw new InvalidInputError(
      'INVALID_INPUT',
      'The baseUrl is not a URL: expected something like "http://127.0.0.1:3000".',
    );
  }
  if (!/^https?:$/.test(url.protocol)) {
    throw new InvalidInputError(
      'INVALID_INPUT',
      `The baseUrl has the protocol "${url.protocol}": expected http or https.`,
    );
  }
  if (url.username !== '' || url.password !== '') {
    throw new InvalidInputError(
      'INVALID_INPUT',
      'The baseUrl holds a user name or password: send them in headers instead.',
    );
  }
  return url;
}

/** The URL of a path of the server, behind the prefix and with the query of the base. */
export function urlOf(base: URL, path: string): URL {
  const url = new URL(base);
  url.pathname = base.pathname.replace(/\/+$/, '') + path;
  url.hash = '';
  return url;
}

/** One segment of a path. A name of dots would climb out of its folder. */
export function segment(name: string): string {
  if (/^\.{0,2}$/.test(name)) {
    throw new InvalidInputError('INVALID_INPUT', `${JSON.stringify(name)} is no name of a model or version.`);
  }
  return encodeURIComponent(name);
}
