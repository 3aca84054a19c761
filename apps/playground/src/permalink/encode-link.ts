import type { Link } from './link.ts';

/** Longer addresses are cut by mail and chat programs; a drawing has some 3 kB. */
export const LONGEST_LINK = 32_000;

export interface EncodedLink {
  /** With its `#`. */
  readonly hash: string;
  /** Fields that did not fit. */
  readonly tooLarge: readonly string[];
}

/** `#/penguins@1.0.0?island="Dream"&bill_length_mm=50.6`: readable, every value as JSON. The largest values stay out of a link that would be too long. */
export function encodeLink({ model, version, input }: Link): EncodedLink {
  const name = encodeURIComponent(model);
  const path = `#/${name}${version === undefined ? '' : `@${encodeURIComponent(version)}`}`;
  if (input === undefined) return { hash: path, tooLarge: [] };
  let left = Object.entries(input).map(([field, value]) => ({
    field,
    text: `${escapeText(field)}=${escapeText(JSON.stringify(value) ?? 'null')}`,
  }));
  const tooLarge: string[] = [];
  while (left.length > 0 && left.reduce((sum, { text }) => sum + text.length + 1, path.length) > LONGEST_LINK) {
    const largest = left.reduce((a, b) => (b.text.length > a.text.length ? b : a));
    tooLarge.push(largest.field);
    left = left.filter((part) => part !== largest);
  }
  return { hash: `${path}?${left.map(({ text }) => text).join('&')}`, tooLarge };
}

/** Escapes what an address cannot hold, and no more: a link can be read and edited. */
function escapeText(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replace(/%(5B|5D|7B|7D|3A|2C|2F)/g, (code) =>
    decodeURIComponent(code),
  );
}
