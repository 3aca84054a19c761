/** The numbers of a JSON array of the length; null for what is missing or no number. */
export function vectorOf(text: string, length: number): readonly (number | null)[] {
  let values: unknown;
  try {
    values = JSON.parse(text);
  } catch {
    values = [];
  }
  const list: readonly unknown[] = Array.isArray(values) ? values : [];
  return Array.from({ length }, (_, index) => {
    const value = list[index];
    return typeof value === 'number' ? value : null;
  });
}

/** Which elements the sentences are about: `[3]: …` is about the fourth, one without a place about all of them. */
export function wrongElements(errors: readonly string[], length: number): readonly boolean[] {
  const places = errors.map((error) => /^\[(\d+)\]/.exec(error)?.[1]);
  return Array.from({ length }, (_, index) => places.some((place) => place === undefined || Number(place) === index));
}

/** The JSON array with one element as typed. */
export function withElement(elements: readonly (number | null)[], index: number, typed: string): string {
  const value = typed.trim() === '' ? null : Number(typed);
  return JSON.stringify(elements.with(index, value));
}
