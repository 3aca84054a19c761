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

/** The JSON array of the numbers; null for what is missing. */
export function textOfVector(numbers: readonly (number | undefined)[]): string {
  return JSON.stringify(numbers.map((number) => number ?? null));
}
