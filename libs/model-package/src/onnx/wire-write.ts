const encoder = new TextEncoder();

/** Encodes an unsigned number below 2^53 as a varint. */
export function encodeVarint(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  while (rest >= 0x80) {
    bytes.push((rest % 0x80) | 0x80);
    rest = Math.floor(rest / 0x80);
  }
  bytes.push(rest);
  return Uint8Array.from(bytes);
}

/** One length-delimited field: tag, length, content. */
export function encodeBytes(fieldNumber: number, content: Uint8Array | string): Uint8Array {
  const bytes = typeof content === 'string' ? encoder.encode(content) : content;
  return concatBytes([encodeVarint(fieldNumber * 8 + 2), encodeVarint(bytes.length), bytes]);
}

/** One varint field. */
export function encodeInt(fieldNumber: number, value: number): Uint8Array {
  return concatBytes([encodeVarint(fieldNumber * 8), encodeVarint(value)]);
}

export function concatBytes(parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    joined.set(part, offset);
    offset += part.length;
  }
  return joined;
}

/** ValueInfoProto of a tensor without a shape: the runtime infers it, and declared ones of exporters are not always true. */
export function tensorOutput(name: string, type: number): Uint8Array {
  return concatBytes([encodeBytes(1, name), encodeBytes(2, encodeBytes(1, encodeInt(1, type)))]);
}
