const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const invalid = 0xff;
/** UTF-16 code unit → 6 bits, `invalid` for all but 64 of them; as long as there are code units, so no bounds to check. */
const sextets = new Uint8Array(0x10000).fill(invalid);
for (let value = 0; value < 64; value++) sextets[alphabet.charCodeAt(value)] = value;

export type Base64Result = { readonly bytes: Uint8Array } | { readonly problem: string };

/**
 * Strict standard base64 (RFC 4648 §4) → bytes: padded, no white space, no URL alphabet, unused bits zero, so that every
 * byte sequence has exactly one spelling.
 */
export function decodeBase64(text: string): Base64Result {
  if (text.length % 4 !== 0) return { problem: findStray(text) ?? `${text.length} characters, not a multiple of 4` };
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  const bytes = new Uint8Array((text.length / 4) * 3 - padding);
  const wholeLength = padding === 0 ? text.length : text.length - 4;
  let written = 0;
  for (let index = 0; index < wholeLength; index += 4) {
    const bits = readGroup(text, index);
    if (bits < 0) return { problem: findStray(text) ?? 'not base64' };
    bytes[written++] = bits >>> 16;
    bytes[written++] = bits >>> 8;
    bytes[written++] = bits;
  }
  if (padding === 0) return { bytes };
  // The last group, filled up with zero bits.
  const bits = readGroup(text.slice(wholeLength, -padding).padEnd(4, 'A'), 0);
  if (bits < 0) return { problem: findStray(text) ?? 'not base64' };
  bytes[written] = bits >>> 16;
  if (padding === 1) bytes[written + 1] = bits >>> 8;
  const unused = padding === 1 ? bits & 0xff : bits & 0xffff;
  return unused === 0 ? { bytes } : { problem: 'last character has bits set that belong to no byte' };
}

/** Four characters → 24 bits; −1 where one is outside the alphabet. */
function readGroup(text: string, index: number): number {
  const first = sextets[text.charCodeAt(index)]!;
  const second = sextets[text.charCodeAt(index + 1)]!;
  const third = sextets[text.charCodeAt(index + 2)]!;
  const fourth = sextets[text.charCodeAt(index + 3)]!;
  if ((first | second | third | fourth) > 63) return -1;
  return (first << 18) | (second << 12) | (third << 6) | fourth;
}

/** Names the first character that is none of the alphabet, or padding in the wrong place. */
function findStray(text: string): string | null {
  const index = text.search(/[^A-Za-z0-9+/=]/);
  if (index < 0) {
    const padding = text.search(/=(?!=?$)/);
    return padding < 0 ? null : `padding before the end, at index ${padding}`;
  }
  const character = text.charAt(index);
  if (character === '-' || character === '_') return `"${character}" of the URL alphabet at index ${index}`;
  return `${/\s/.test(character) ? 'white space' : 'a character outside the alphabet'} at index ${index}`;
}
