/** Headers that two readers of one request could understand differently where they come twice. */
const SINGLE = ['host', 'content-type'];

/** The first of them that is there twice; `rawHeaders` is name, value, name, value, …, as received. */
export function repeatedHeader(rawHeaders: readonly string[]): string | undefined {
  return SINGLE.find((name) => {
    let count = 0;
    for (let index = 0; index < rawHeaders.length; index += 2) {
      const raw = rawHeaders[index]!;
      if (raw.length === name.length && raw.toLowerCase() === name) count += 1;
    }
    return count > 1;
  });
}
