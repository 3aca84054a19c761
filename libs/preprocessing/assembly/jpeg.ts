/**
 * AssemblyScript, not TypeScript: plain JPEGs with SIMD, the integers of libjpeg-turbo. Compiled by
 * `nx run preprocessing:generate`. A picture is decoded in strips of one row of MCUs: only these and the file's bytes are held.
 * Whoever calls has written `scan`, `definitions` and `quantisers`, and has held them against the standard.
 */
import { bitsLeft, readBlock, startSegment } from './jpeg/block';
import { buildTable } from './jpeg/huffman-codes';
import { clearCoefficients, invertBlock } from './jpeg/inverse-dct';
import { DEFINITIONS, MOST_SCAN_BYTES, QUANTISERS, SCAN, STRIP } from './jpeg/places';
import { isScanAtEnd, startScan, takeSegment } from './jpeg/segment';
import {
  across,
  components,
  down,
  finishStrip,
  layOutStrip,
  mcuRows,
  mcusInRow,
  pixels,
  planeOf,
  strideOf,
} from './jpeg/strip';

export const definitions: usize = DEFINITIONS;
export const quantisers: usize = QUANTISERS;
export const scan: usize = SCAN;
export const mostScanBytes: usize = MOST_SCAN_BYTES;

const RST0: i32 = 0xd0;
const EOI: i32 = 0xd9;
const DAMAGED: i32 = -1;

/** MCUs of a restart interval, 0 without; those left of it. */
let interval: i32 = 0;
let leftInInterval: i32 = 0;
let restarts: i32 = 0;
let strip: i32 = 0;
/** Bit `component` is its table for DC; 4 bits higher, for AC. */
let tables: i32 = 0;

/** Gives where `decodeStrip` will leave its pixels; 0 where the memory is too small. */
export function start(
  width: i32,
  height: i32,
  componentCount: i32,
  h: i32,
  v: i32,
  restartInterval: i32,
  tablesOfComponents: i32,
  scanBytes: i32,
): usize {
  const end = layOutStrip(STRIP, width, height, componentCount, h, v);
  if (end > (<usize>memory.size()) << 16) return 0;
  for (let table = 0; table < 4; table++) buildTable(table);
  clearCoefficients();
  tables = tablesOfComponents;
  interval = restartInterval;
  restarts = 0;
  strip = 0;
  startScan(scanBytes);
  return isSegmentTaken() ? pixels : 0;
}

/** The next rows of pixels: their number, or -1 for a damaged file. */
export function decodeStrip(): i32 {
  if (!areBlocksDecoded()) return DAMAGED;
  strip++;
  if (strip == mcuRows() && (bitsLeft() >= 8 || !isScanAtEnd())) return DAMAGED;
  return finishStrip(strip - 1);
}

function areBlocksDecoded(): bool {
  const columns = mcusInRow();
  for (let x = 0; x < columns; x++) {
    if (interval > 0 && leftInInterval == 0 && (bitsLeft() >= 8 || !isSegmentTaken())) return false;
    leftInInterval--;
    for (let y = 0; y < down; y++) {
      for (let i = 0; i < across; i++) {
        const row = planeOf(0) + <usize>(8 * y) * strideOf(0);
        if (!isBlockDecoded(0, row + <usize>(8 * (x * across + i)))) return false;
      }
    }
    for (let component = 1; component < components; component++) {
      if (!isBlockDecoded(component, planeOf(component) + <usize>(8 * x))) return false;
    }
    if (bitsLeft() < 0) return false;
  }
  return true;
}

function isBlockDecoded(component: i32, target: usize): bool {
  const last = readBlock(component, (tables >> component) & 1, 2 + ((tables >> (4 + component)) & 1));
  if (last < 0) return false;
  invertBlock(component, last, target, strideOf(component));
  return true;
}

/** The last segment ends with the file's last marker, each other with the next restart in its turn. */
function isSegmentTaken(): bool {
  const marker = takeSegment();
  startSegment();
  leftInInterval = interval;
  if (marker == EOI) return isScanAtEnd();
  return interval > 0 && marker == RST0 + (restarts++ & 7);
}
