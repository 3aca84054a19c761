import type { SourceUri } from '@web-single/model-package';

/** Numbers the sources that look alike once their queries are left out: logs, probes and metrics tell them apart then. */
export function distinctlyShown(uris: readonly SourceUri[]): readonly SourceUri[] {
  return uris.map((uri) => {
    const alike = uris.filter(({ shown }) => shown === uri.shown);
    return alike.length === 1 ? uri : { ...uri, shown: `${uri.shown} (${alike.indexOf(uri) + 1})` };
  });
}
