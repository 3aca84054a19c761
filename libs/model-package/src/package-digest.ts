import { createHash } from 'node:crypto';

/**
 * Digest of a package from its files' own: sha256 of what `sha256sum` prints for them, sorted by path as bytes, so that
 * `find . -type f -printf '%P\0' | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum` gives the same.
 */
export function packageDigest(sha256ByPath: ReadonlyMap<string, string>): string {
  const paths = [...sha256ByPath.keys()].sort((one, other) => Buffer.compare(Buffer.from(one), Buffer.from(other)));
  const lines = paths.map((path) => sumLine(path, sha256ByPath.get(path)!));
  return `sha256:${createHash('sha256').update(lines.join('')).digest('hex')}`;
}

/** One line of sha256sum, which marks and escapes names with a newline or backslash. */
function sumLine(path: string, sha256: string): string {
  const escaped = path.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\r', '\\r');
  return `${escaped === path ? '' : '\\'}${sha256}  ${escaped}\n`;
}
