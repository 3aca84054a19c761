/** Huffman-coded bits → the 64 coefficients of one block, in natural order (ITU-T T.81, annex F.2). */
import { allBits, findLongCode, lookUpTable, valueBits, zerosBefore } from './huffman-codes';
import { COEFFICIENTS, LOOK_BITS, PREDICTIONS, SEGMENT_TOP } from './places';
import { segmentBottom } from './segment';

/** By place in the file's zigzag, twice the place in rows; behind the last one the last one, until that is seen to be damage. */
const ZIGZAG: usize = memory.data<u8>([
  0, 2, 16, 32, 18, 4, 6, 20, 34, 48, 64, 50, 36, 22, 8, 10, 24, 38, 52, 66, 80, 96, 82, 68, 54, 40, 26, 12, 14, 28, 42,
  56, 70, 84, 98, 112, 114, 100, 86, 72, 58, 44, 30, 46, 60, 74, 88, 102, 116, 118, 104, 90, 76, 62, 78, 92, 106, 120,
  122, 108, 94, 110, 124, 126, 126, 126, 126, 126, 126, 126, 126, 126, 126, 126, 126, 126, 126, 126, 126,
]);

/** The next bits of the segment from the highest on; `count` of them count. `position` is behind what comes after them. */
let buffer: u64 = 0;
let count: i32 = 0;
let position: usize = 0;

export function startSegment(): void {
  buffer = 0;
  count = 0;
  position = SEGMENT_TOP;
  memory.fill(PREDICTIONS, 0, 12);
}

/** Bits of the segment that are not read; negative where more was read than there is. */
export function bitsLeft(): i32 {
  return <i32>(position - segmentBottom) * 8 + count;
}

const DAMAGED: i32 = -1;

/** Into `COEFFICIENTS`, all zero before. Gives the number of those up to the last that is not zero, or -1. */
export function readBlock(component: usize, dcTable: i32, acTable: i32): i32 {
  let bits = buffer;
  let left = count;
  let at = position;

  bits |= load<u64>(at - 8) >> (<u64>left);
  at -= (63 - left) >> 3;
  left |= 56;
  let found = <i32>load<u16>(lookUpTable(dcTable) + ((<usize>(bits >> (64 - LOOK_BITS))) << 1));
  if (found == 0) found = findLongCode(dcTable, <i32>(bits >> 48));
  if (found == 0) return DAMAGED;
  const dc = load<i32>(PREDICTIONS + (component << 2)) + valueOf(bits, found);
  if (dc != <i32>(<i16>dc)) return DAMAGED;
  store<i32>(PREDICTIONS + (component << 2), dc);
  store<i16>(COEFFICIENTS, <i16>dc);
  bits <<= <u64>allBits(found);
  left -= allBits(found);

  const look = lookUpTable(acTable);
  let place = 1;
  let last = 1;
  do {
    bits |= load<u64>(at - 8) >> (<u64>left);
    at -= (63 - left) >> 3;
    left |= 56;
    found = <i32>load<u16>(look + ((<usize>(bits >> (64 - LOOK_BITS))) << 1));
    if (found == 0) {
      found = findLongCode(acTable, <i32>(bits >> 48));
      if (found == 0) return DAMAGED;
    }
    const value = valueOf(bits, found);
    bits <<= <u64>allBits(found);
    left -= allBits(found);
    const zeros = zerosBefore(found);
    if (valueBits(found) == 0) {
      if (zeros != 15) break;
      place += 16;
    } else {
      place += zeros;
      store<i16>(COEFFICIENTS + <usize>load<u8>(ZIGZAG + place), <i16>value);
      last = ++place;
    }
  } while (place < 64);
  if (place > 64) return DAMAGED;

  buffer = bits;
  count = left;
  position = at;
  return last;
}

/** The value that follows a code: its highest bit says that it is positive. */
function valueOf(bits: u64, found: i32): i32 {
  const mask = (1 << valueBits(found)) - 1;
  const value = (<i32>(bits >> (<u64>(64 - allBits(found))))) & mask;
  return value - select(mask, 0, value <= mask >> 1);
}
