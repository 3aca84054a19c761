import { HuffmanDefinitions } from './huffman-definitions.ts';
import { QuantiserDefinitions } from './quantiser-definitions.ts';
import { readExifOrientation } from './read-exif-orientation.ts';
import { readFrame, type JpegFrame } from './read-frame.ts';

/** What the segments before the scan have said so far. */
export interface JpegHead {
  readonly quantisers: QuantiserDefinitions;
  readonly huffman: HuffmanDefinitions;
  frame?: JpegFrame;
  restartInterval: number;
  orientation?: number;
  isJfif: boolean;
  /** Of three components: 0 RGB, 1 YCbCr. */
  adobeTransform?: number;
}

export function createHead(): JpegHead {
  const [quantisers, huffman] = [new QuantiserDefinitions(), new HuffmanDefinitions()];
  return { quantisers, huffman, restartInterval: 0, isJfif: false };
}

/** Takes one segment; false for one that is damaged, said twice, or not known to leave the samples as they are. */
export function takeSegment(head: JpegHead, marker: number, content: Uint8Array): boolean {
  const take = takers[marker];
  return take === undefined ? isIgnored(marker) : take(head, content);
}

type Taker = (head: JpegHead, content: Uint8Array) => boolean;

const takers: Readonly<Record<number, Taker>> = {
  0xc0: takeFrame,
  0xc1: takeFrame,
  0xc4: ({ huffman }, content) => huffman.define(content),
  0xdb: ({ quantisers }, content) => quantisers.define(content),
  0xdd: takeRestartInterval,
  0xe0: takeJfif,
  0xe1: takeExif,
  0xee: takeAdobe,
};

/** Comments, and what applications write: profiles, thumbnails, edits. */
function isIgnored(marker: number): boolean {
  return marker === 0xfe || (marker >= 0xe2 && marker <= 0xef);
}

function takeFrame(head: JpegHead, content: Uint8Array): boolean {
  if (head.frame !== undefined) return false;
  const frame = readFrame(content);
  if (frame === undefined) return false;
  head.frame = frame;
  return true;
}

function takeRestartInterval(head: JpegHead, content: Uint8Array): boolean {
  head.restartInterval = content[0]! * 256 + content[1]!;
  return content.length === 2;
}

function takeJfif(head: JpegHead, content: Uint8Array): boolean {
  if (!beginsWith(content, 'JFIF')) return true;
  head.isJfif = true;
  // Its version is the first thing behind its name; of another one libjpeg warns.
  return content.length >= 14 && content[4] === 0 && content[5] === 1;
}

function takeExif(head: JpegHead, content: Uint8Array): boolean {
  if (!beginsWith(content, 'Exif')) return true;
  const orientation = readExifOrientation(content);
  if (orientation === undefined || head.orientation !== undefined) return false;
  head.orientation = orientation;
  return true;
}

function takeAdobe(head: JpegHead, content: Uint8Array): boolean {
  if (!beginsWith(content, 'Adobe')) return true;
  if (content.length < 12 || head.adobeTransform !== undefined) return false;
  head.adobeTransform = content[11]!;
  return true;
}

function beginsWith(content: Uint8Array, name: string): boolean {
  return [...name].every((letter, at) => content[at] === letter.charCodeAt(0));
}
