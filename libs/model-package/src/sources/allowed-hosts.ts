import { isIP } from 'node:net';

/** Hosts that may be asked although they are private or speak clear HTTP. */
export interface AllowedHosts {
  allows(url: URL): boolean;
}

/** Reads `host[:port], …`; entries that are none are returned as problems. */
export function readAllowedHosts(text: string): { readonly hosts: AllowedHosts; readonly problems: readonly string[] } {
  const entries = text
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
  const read = entries.map((entry) => ({ entry, host: readEntry(entry) }));
  const known = read.flatMap(({ host }) => host ?? []);
  return {
    hosts: {
      allows: (url) =>
        known.some(({ hostname, port }) => hostname === url.hostname && (port === '' || port === portOf(url))),
    },
    problems: read
      .filter(({ host }) => host === undefined)
      .map(({ entry }) => `expected host or host:port, got ${JSON.stringify(entry.slice(0, 64))}`),
  };
}

/** As a URL writes them, so that both are compared in one form. */
function readEntry(entry: string): { hostname: string; port: string } | undefined {
  if (/[/@?#\s\\*]/.test(entry)) return undefined;
  const written = isIP(entry) === 6 ? `[${entry}]` : entry;
  const url = URL.canParse(`https://${written}`) ? new URL(`https://${written}`) : undefined;
  if (url === undefined || url.hostname === '') return undefined;
  const port = /:(\d+)$/.exec(written.replace(/^\[[^\]]*\]/, ''))?.[1] ?? '';
  return { hostname: url.hostname, port };
}

function portOf(url: URL): string {
  return url.port === '' ? (url.protocol === 'https:' ? '443' : '80') : url.port;
}
