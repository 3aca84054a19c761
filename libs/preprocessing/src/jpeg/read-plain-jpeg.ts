import { sniffImageType } from '../sniff-image-type.ts';
import { createHead, takeSegment, type JpegHead } from './jpeg-head.ts';
import type { JpegFrame } from './read-frame.ts';

/** A JPEG file of the kind that nearly all are: baseline, one scan, grey or YCbCr. */
export interface PlainJpeg {
  readonly frame: JpegFrame;
  readonly orientation: number;
  /** By component, in rows of the block. */
  readonly quantisers: readonly Uint16Array[];
  readonly huffman: Uint8Array;
  /** Bit `component` is its table of codes for DC, bit 4 + `component` that for AC. */
  readonly tables: number;
  /** MCUs between restarts; 0 without. */
  readonly restartInterval: number;
  /** Entropy-coded bytes, with the marker at the end of the file; a view of it. */
  readonly scan: Uint8Array;
}

const startOfScan = 0xda;
/** Cameras write some 20. */
const mostSegments = 200;

/**
 * Reads the segments of a plain JPEG (ITU-T T.81). `undefined` for every other file and every one with an oddity: whoever
 * decodes all kinds has to say what it is.
 */
export function readPlainJpeg(bytes: Uint8Array): PlainJpeg | undefined {
  if (sniffImageType(bytes) !== 'JPEG') return undefined;
  const head = createHead();
  for (let at = 2, segments = 0; segments < mostSegments; segments++) {
    const length = at + 4 <= bytes.length ? bytes[at + 2]! * 256 + bytes[at + 3]! : 0;
    const end = at + 2 + length;
    if (bytes[at] !== 0xff || length < 2 || end > bytes.length) return undefined;
    const content = bytes.subarray(at + 4, end);
    if (bytes[at + 1] === startOfScan) return readScan(head, content, bytes.subarray(end));
    if (!takeSegment(head, bytes[at + 1]!, content)) return undefined;
    at = end;
  }
  return undefined;
}

/** `content` of the SOS segment, and all that follows it. */
function readScan(head: JpegHead, content: Uint8Array, scan: Uint8Array): PlainJpeg | undefined {
  const { frame, restartInterval, orientation = 1 } = head;
  if (frame === undefined || !isColourKnown(head, frame)) return undefined;
  const count = frame.components.length;
  const end = 1 + 2 * count;
  const isSequential = content[end] === 0 && content[end + 1] === 63 && content[end + 2] === 0;
  if (content[0] !== count || content.length !== end + 3 || !isSequential) return undefined;
  const quantisers: Uint16Array[] = [];
  let tables = 0;
  for (const [index, component] of frame.components.entries()) {
    const [id, choice] = content.subarray(1 + 2 * index);
    const [dc, ac] = [choice! >> 4, choice! & 15];
    const quantiser = head.quantisers.get(component.quantiser);
    if (id !== component.id || quantiser === undefined || !head.huffman.has(dc, ac)) return undefined;
    quantisers.push(quantiser);
    tables |= (dc | (ac << 4)) << index;
  }
  return { frame, orientation, quantisers, huffman: head.huffman.bytes, tables, restartInterval, scan };
}

/** Whether three components are Y, Cb and Cr for libjpeg. */
function isColourKnown({ isJfif, adobeTransform }: JpegHead, { components }: JpegFrame): boolean {
  if (components.length === 1) return true;
  const isNumbered = components.every(({ id }, index) => id === index + 1);
  return adobeTransform === undefined ? isJfif || isNumbered : adobeTransform === 1;
}
