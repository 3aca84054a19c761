/** Part of a message, in the order it is written. */
export type Chunks = readonly Uint8Array[];

const VARINT = 0;
const FIXED_64 = 1;
const LENGTH_DELIMITED = 2;

/** Seven bits a byte, the lowest first; negative numbers as 64 bits of two's complement. */
export function varint(value: number | bigint): number[] {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  for (; rest > 127n; rest >>= 7n) bytes.push(Number(rest & 127n) | 128);
  bytes.push(Number(rest));
  return bytes;
}

const tag = (field: number, wireType: number): number[] => varint((field << 3) | wireType);

export function integerField(field: number, value: number | bigint): Chunks {
  return [Uint8Array.from([...tag(field, VARINT), ...varint(value)])];
}

export function doubleField(field: number, value: number): Chunks {
  return [Uint8Array.from(tag(field, FIXED_64)), new Uint8Array(Float64Array.of(value).buffer)];
}

/** Bytes, or a message within. */
export function bytesField(field: number, ...content: Chunks): Chunks {
  const length = content.reduce((size, chunk) => size + chunk.length, 0);
  return [Uint8Array.from([...tag(field, LENGTH_DELIMITED), ...varint(length)]), ...content];
}

/** Nothing for the empty text, which is what a field that is left out says. */
export function textField(field: number, text: string): Chunks {
  return text === '' ? [] : bytesField(field, new TextEncoder().encode(text));
}
