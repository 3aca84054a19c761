/** What lies where in the kernel's memory. Below `DEFINITIONS`, from 1024 on, the compiler puts its constants. */

/** Four tables of codes - DC 0, DC 1, AC 0, AC 1 -, each with the counts of its codes of 1 to 16 bits, then their symbols. */
export const DEFINITIONS: usize = 2048;
export const DEFINITION_BYTES: usize = 16 + 256;
/** uint16 [3, 8, 8]: by component, in rows. */
export const QUANTISERS: usize = DEFINITIONS + 4 * DEFINITION_BYTES;
/** int16 [8, 8]: of the block in hand. */
export const COEFFICIENTS: usize = QUANTISERS + 3 * 128;
/** int16 [8, 8]: the result of the last pass of the inverse DCT. */
export const PASSED: usize = COEFFICIENTS + 128;
/** int32 [3]: DC of the last block of each component. */
export const PREDICTIONS: usize = PASSED + 128;
/** int32 [4, 17] each: see `huffman-codes`. */
export const LIMITS: usize = PREDICTIONS + 16;
export const OFFSETS: usize = LIMITS + 4 * 17 * 4;
/** uint16 [4, 1024]: see `huffman-codes`. */
export const LOOK_BITS: i32 = 10;
export const LOOK_BYTES: usize = 2 << LOOK_BITS;
export const LOOK: usize = 8192;

/** Of all entropy-coded bytes of a file. */
export const MOST_SCAN_BYTES: usize = 1_500_000;
/** The file's bytes behind the header of the scan. */
export const SCAN: usize = LOOK + 4 * LOOK_BYTES;
/** A MCU has at most 6 blocks of 64 codes of 31 bits; only behind it is seen that the bytes were at their end. */
const SLACK_BYTES: usize = 2048;
/** Behind the first byte of a segment; the bytes before it are its others. */
export const SEGMENT_TOP: usize = SCAN + MOST_SCAN_BYTES + SLACK_BYTES + MOST_SCAN_BYTES + 32;
/** Planes and pixels, to the end of the memory. */
export const STRIP: usize = SEGMENT_TOP + 32;
