/** Codings a file may lie there in, best first. */
const CODINGS = ['br', 'gzip', 'identity'] as const;

export type ContentCoding = (typeof CODINGS)[number];

/**
 * The form to send of those there are: the one that `Accept-Encoding` (RFC 9110, 12.5.3) weighs most, the smaller of equal ones.
 * Without a header, and where nothing fits, the file as it is.
 */
export function chooseCoding(
  accepted: string | undefined,
  there: { readonly [Coding in ContentCoding]?: number },
): ContentCoding {
  const weights = weightsOf(accepted ?? 'identity');
  const weigh = (coding: ContentCoding): number =>
    weights.get(coding) ?? weights.get('*') ?? (coding === 'identity' ? LEAST : 0);
  const candidates = CODINGS.filter((coding) => there[coding] !== undefined && weigh(coding) > 0);
  return candidates.reduce<ContentCoding>(
    (best, coding) => (weigh(coding) > weigh(best) ? coding : best),
    candidates[0] ?? 'identity',
  );
}

/** `identity` is acceptable without being named, after all that is. */
const LEAST = 0.0001;

function weightsOf(header: string): ReadonlyMap<string, number> {
  const entries = header.split(',').map((item): [string, number] => {
    const [name = '', ...parameters] = item.split(';').map((part) => part.trim().toLowerCase());
    const quality = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2) ?? '1';
    return [name, /^(0(\.\d{0,3})?|1(\.0{0,3})?)$/.test(quality) ? Number(quality) : 0];
  });
  return new Map(entries);
}
