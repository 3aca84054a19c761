/** Tables of Huffman codes (ITU-T T.81, annex C), for codes of up to LOOK_BITS in one look. */
import { DEFINITION_BYTES, DEFINITIONS, LIMITS, LOOK, LOOK_BITS, LOOK_BYTES, OFFSETS } from './places';

const LONGEST: i32 = 16;

/** Bits of code and value together, bits of the value, zeros before it. */
function entry(codeBits: i32, symbol: i32): i32 {
  const valueBits = symbol & 15;
  return (codeBits + valueBits) | (valueBits << 5) | ((symbol >> 4) << 9);
}

export function allBits(found: i32): i32 {
  return found & 31;
}

export function valueBits(found: i32): i32 {
  return (found >> 5) & 15;
}

export function zerosBefore(found: i32): i32 {
  return found >> 9;
}

export function lookUpTable(table: i32): usize {
  return LOOK + <usize>table * LOOK_BYTES;
}

/**
 * From the definition: `LOOK`, by the next LOOK_BITS bits an `entry`, or 0 where no code of so few bits begins so; and for each
 * length `LIMITS`, the first 16 bits behind its last code, and `OFFSETS`, what leads from its codes to their symbols.
 */
export function buildTable(table: i32): void {
  const counts = DEFINITIONS + <usize>table * DEFINITION_BYTES;
  const look = lookUpTable(table);
  const limits = LIMITS + <usize>table * 68;
  const offsets = OFFSETS + <usize>table * 68;
  memory.fill(look, 0, LOOK_BYTES);
  let code = 0;
  let place = 0;
  for (let bits = 1; bits <= LONGEST; bits++, code <<= 1) {
    const count = <i32>load<u8>(counts + bits - 1);
    store<i32>(offsets + (bits << 2), place - code);
    for (let last = place + count; place < last; place++, code++) {
      if (bits > LOOK_BITS) continue;
      const found = entry(bits, <i32>load<u8>(counts + 16 + place));
      let at = look + (code << (LOOK_BITS - bits + 1));
      for (const end = at + (2 << (LOOK_BITS - bits)); at < end; at += 2) store<u16>(at, <u16>found);
    }
    store<i32>(limits + (bits << 2), code << (LONGEST - bits));
  }
}

/** What a code of more than LOOK_BITS says, by the next 16 bits; 0 where there is none. */
export function findLongCode(table: i32, sixteen: i32): i32 {
  const limits = LIMITS + <usize>table * 68;
  for (let bits = LOOK_BITS + 1; bits <= LONGEST; bits++) {
    if (sixteen >= load<i32>(limits + (bits << 2))) continue;
    const place = load<i32>(OFFSETS + <usize>table * 68 + (bits << 2)) + (sixteen >> (LONGEST - bits));
    return entry(bits, <i32>load<u8>(DEFINITIONS + <usize>table * DEFINITION_BYTES + 16 + place));
  }
  return 0;
}
