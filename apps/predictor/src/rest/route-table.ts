/** Which methods each path answers, collected while routes are registered: the difference between 404 and 405. */
export class RouteTable {
  readonly #methodsByTemplate = new Map<string, Set<string>>();

  add(template: string, methods: readonly string[]): void {
    const known = this.#methodsByTemplate.get(template) ?? new Set<string>();
    for (const method of methods) known.add(method);
    this.#methodsByTemplate.set(template, known);
  }

  /** Methods of the path of `url` (its query is ignored), in alphabetical order; empty for an unknown path. */
  allowedMethods(url: string): string[] {
    const segments = pathOf(url).split('/').map(decode);
    const matching = [...this.#methodsByTemplate].filter(([template]) => matches(template.split('/'), segments));
    return [...new Set(matching.flatMap(([, methods]) => [...methods]))].sort();
  }
}

/** Without query, fragment and, of the absolute form, origin. */
function pathOf(url: string): string {
  return url.replace(/^https?:\/\/[^/]*/i, '').split(/[?#]/, 1)[0] ?? '';
}

/** As the router reads a segment: `%76` is `v`, but an encoded slash separates nothing. */
function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

function matches(template: readonly string[], segments: readonly string[]): boolean {
  if (template.length !== segments.length) return false;
  return template.every((part, index) => (part.startsWith(':') ? segments[index] !== '' : part === segments[index]));
}
