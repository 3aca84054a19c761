import { countDecimals, powersOf10, printFloat32 } from './print-float32.ts';

const [MINUS, COMMA, POINT, ZERO] = [45, 44, 46, 48];
/** No float32 is longer: `-123456780000000000000`. */
const maxLength = 24;
const blockLength = 4096;

/**
 * Float32 elements as ASCII, with commas between and the shortest digits that are them again; NaN and infinities are null.
 * Written as bytes, block by block: strings of 100,000 numbers would cost several times as much.
 */
export function writeFloat32s(data: Float32Array): readonly Uint8Array[] {
  const scratch = new Uint8Array(Math.min(data.length, blockLength) * (maxLength + 1));
  const blocks: Uint8Array[] = [];
  for (let start = 0; start < data.length; start += blockLength) {
    const end = Math.min(start + blockLength, data.length);
    let offset = 0;
    for (let index = start; index < end; index += 1) {
      if (index > 0) scratch[offset++] = COMMA;
      offset = writeFloat32(scratch, offset, data[index]!);
    }
    blocks.push(scratch.slice(0, offset));
  }
  return blocks;
}

/** Returns the offset behind it. */
function writeFloat32(bytes: Uint8Array, start: number, value: number): number {
  const size = Math.abs(value);
  if (!(size >= 1e-6 && size < 1e7))
    return writeText(bytes, start, Number.isFinite(value) ? printFloat32(value) : 'null');
  let offset = start;
  if (value < 0) bytes[offset++] = MINUS;
  const decimals = countDecimals(size);
  if (decimals === 0) return writeInteger(bytes, offset, size);
  const scale = powersOf10[decimals]!;
  const digits = Math.round(size * scale);
  const whole = Math.floor(digits / scale);
  offset = writeInteger(bytes, offset, whole);
  bytes[offset++] = POINT;
  let rest = digits - whole * scale;
  for (let at = offset + decimals - 1; at >= offset; at -= 1) {
    const tenth = Math.floor(rest / 10);
    bytes[at] = ZERO + rest - tenth * 10;
    rest = tenth;
  }
  return offset + decimals;
}

/** For 0 ≤ value < 2^31. */
function writeInteger(bytes: Uint8Array, offset: number, value: number): number {
  let length = 1;
  for (let limit = 10; value >= limit; limit *= 10) length += 1;
  let rest = value | 0;
  for (let at = offset + length - 1; at >= offset; at -= 1) {
    const tenth = (rest / 10) | 0;
    bytes[at] = ZERO + rest - tenth * 10;
    rest = tenth;
  }
  return offset + length;
}

function writeText(bytes: Uint8Array, offset: number, text: string): number {
  for (let index = 0; index < text.length; index += 1) bytes[offset + index] = text.charCodeAt(index);
  return offset + text.length;
}
