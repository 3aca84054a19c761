/** Headers that two readers of one request could understand differently where they come twice. */
const SINGLE = new Set(['host', 'content-type']);

/** The first of them that is there twice; `rawHeaders` is name, value, name, value, …, as received. */
export function repeatedHeader(rawHeaders: readonly string[]): string | undefined {
  const seen = new Set<string>();
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = (rawHeaders[index] ?? '').toLowerCase();
    if (!SINGLE.has(name)) continue;
    if (seen.has(name)) return name;
    seen.add(name);
  }
  return undefined;
}
