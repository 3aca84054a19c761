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

/** The JSON array with one element as typed. */
export function withElement(elements: readonly (number | null)[], index: number, typed: string): string {
  const value = typed.trim() === '' ? null : Number(typed);
  return JSON.stringify(elements.with(index, value));
}
