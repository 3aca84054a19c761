/** The planes of one row of MCUs, with the rows above and below that upsampling looks at; and the rows of pixels made of them. */
import { convertFull, convertHalved, convertQuartered } from './colour';

/** Zeros of a plane before its rows; the first of a row's neighbours lies there. */
const MARGIN: usize = 16;
/** What may be read or written behind a row. */
const SLACK: usize = 64;

export let components: i32 = 0;
/** Luma blocks of a MCU, across and down. */
export let across: i32 = 0;
export let down: i32 = 0;
let width: i32 = 0;
let height: i32 = 0;
/** Bytes of a row of the luma plane and of the chroma planes. */
let lumaStride: usize = 0;
let chromaStride: usize = 0;
let luma: usize = 0;
let cb: usize = 0;
let cr: usize = 0;
/** uint8 [rows, width, components]: what `finishStrip` writes. */
export let pixels: usize = 0;

/** Lays everything out from `start` on; gives the first byte behind it. */
export function layOutStrip(start: usize, newWidth: i32, newHeight: i32, count: i32, h: i32, v: i32): usize {
  width = newWidth;
  height = newHeight;
  components = count;
  across = h;
  down = v;
  const columns = mcusInRow();
  lumaStride = <usize>(columns * 8 * h) + SLACK;
  chromaStride = <usize>(columns * 8) + SLACK;
  luma = start + MARGIN;
  cb = luma + lumaStride * <usize>(8 * v + 1);
  cr = cb + chromaStride * 10;
  pixels = cr + chromaStride * 10;
  return pixels + <usize>(width * components * (8 * v + 1)) + SLACK;
}

export function mcusInRow(): i32 {
  return (width + 8 * across - 1) / (8 * across);
}

export function mcuRows(): i32 {
  return (height + 8 * down - 1) / (8 * down);
}

export function strideOf(component: i32): usize {
  return component == 0 ? lumaStride : chromaStride;
}

/** Where the first row of the strip in hand begins: row 0 of the plane is the last one of the strip before. */
export function planeOf(component: i32): usize {
  if (component == 0) return luma + lumaStride;
  return (component == 1 ? cb : cr) + chromaStride;
}

/** Writes the rows that can be written now: with halved rows of chroma, the last one waits for the next strip. Gives their number. */
export function finishStrip(row: i32): i32 {
  const rowsOfStrip = 8 * down;
  const isLast = row == mcuRows() - 1;
  const top = row * rowsOfStrip;
  const waits = components == 3 && down == 2;
  const from = waits && row > 0 ? top - 1 : top;
  const to = isLast ? height : top + rowsOfStrip - <i32>waits;
  if (components == 3 && across == 2) addNeighbours(row, isLast);
  let target = pixels;
  for (let y = from; y < to; y++, target += <usize>(width * components)) convertRow(y, y - top + 1, target);
  if (waits) {
    memory.copy(luma, luma + lumaStride * 16, lumaStride - SLACK);
    memory.copy(cb - 1, cb - 1 + chromaStride * 8, chromaStride - SLACK + 2);
    memory.copy(cr - 1, cr - 1 + chromaStride * 8, chromaStride - SLACK + 2);
  }
  return to - from;
}

/** `place`: its row in the luma plane. */
function convertRow(y: i32, place: i32, target: usize): void {
  const samples = luma + lumaStride * <usize>place;
  if (components == 1) {
    memory.copy(target, samples, width);
  } else if (across == 1) {
    const at = chromaStride * <usize>place;
    convertFull(samples, cb + at, cr + at, target, width);
  } else if (down == 1) {
    const at = chromaStride * <usize>place;
    convertHalved(samples, cb + at, cr + at, target, width);
  } else {
    const at = chromaStride * <usize>((place + 1) >> 1);
    const toNear = y & 1 ? <isize>chromaStride : -(<isize>chromaStride);
    convertQuartered(samples, cb + at, cr + at, toNear, target, width);
  }
}

/** Repeats the outermost samples of chroma that belong to the picture: left and right, above the first row, below the last. */
function addNeighbours(row: i32, isLast: bool): void {
  const columns = <usize>((width + 1) >> 1);
  const chromaHeight = down == 2 ? (height + 1) >> 1 : height;
  const rows = <usize>min(8, chromaHeight - row * 8);
  for (let plane = cb; ; plane = cr) {
    for (let y: usize = 1; y <= rows; y++) {
      const samples = plane + chromaStride * y;
      store<u8>(samples - 1, load<u8>(samples));
      store<u8>(samples + columns, load<u8>(samples + columns - 1));
    }
    if (row == 0) memory.copy(plane - 1, plane - 1 + chromaStride, columns + 2);
    if (isLast) memory.copy(plane - 1 + chromaStride * (rows + 1), plane - 1 + chromaStride * rows, columns + 2);
    if (plane == cr) break;
  }
}
