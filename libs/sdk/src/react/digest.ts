/**
 * 64 bits of a sequence of small numbers, and its length: two lanes of xor and multiply, as FNV-1a, mixed at the end as
 * MurmurHash3 does. At once, which crypto.subtle is not; not against forgery, which would only mislead the forger's own page.
 */
export function digestOf(length: number, at: (index: number) => number): string {
  let high = 0xdeadbeef ^ length;
  let low = 0x41c6ce57 ^ length;
  for (let index = 0; index < length; index += 1) {
    const value = at(index);
    high = Math.imul(high ^ value, 0x9e3779b1);
    low = Math.imul(low ^ value, 0x5f356495);
  }
  return `${length}:${hex(mixed(high ^ (low >>> 7)))}${hex(mixed(low))}`;
}

function mixed(bits: number): number {
  let value = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return value ^ (value >>> 16);
}

const hex = (value: number): string => (value >>> 0).toString(16).padStart(8, '0');
