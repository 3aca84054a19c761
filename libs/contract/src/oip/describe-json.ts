/** Says what a value of JSON is; numbers and words are shown, texts are not: they are the caller's. */
export function describeJson(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'string') return 'a string';
  if (Array.isArray(value)) return `an array of ${value.length}`;
  if (typeof value === 'object' && value !== null) return 'an object';
  const text = Object.is(value, -0) ? '-0' : String(value);
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
