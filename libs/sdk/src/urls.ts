import { invalidInput } from './predictor-error.ts';

/** Checks where the server is. Messages do not repeat it: it may hold a secret. */
export function parseBaseUrl(baseUrl: string | URL): URL {
  let url!: URL;
  try {
    url = new URL(baseUrl, (globalThis as { location?: { href: string } }).location?.href);
  } catch {
    // Told below.
  }
  if (!/^https?:$/.test(url?.protocol) || url.username || url.password) {
    throw invalidInput('The baseUrl must be of http or https, without user and password.');
  }
  return url;
}

/** The URL of a path of the server, behind the prefix and with the query of the base, which that of the path follows. */
export function urlOf(base: URL, path: string): URL {
  const url = new URL(base);
  const [pathname, query] = path.split('?');
  url.pathname = base.pathname.replace(/\/+$/, '') + pathname;
  if (query) url.search += (url.search && '&') + query;
  url.hash = '';
  return url;
}

/** The path of a model, or of one version of it. */
export function modelPath(api: 'v1' | 'v2', model: string, version?: string): string {
  return `/${api}/models/${segment(model)}${version === undefined ? '' : `/versions/${segment(version)}`}`;
}

/** One segment of a path. A name of dots would climb out of its folder, half a character has no UTF-8. */
function segment(name: string): string {
  if (/^\.{0,2}$|\p{Surrogate}/u.test(name)) {
    throw invalidInput(`${JSON.stringify(name)} is no name of a model or version.`);
  }
  return encodeURIComponent(name);
}
