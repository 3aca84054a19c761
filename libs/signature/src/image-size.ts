import { sniffImage } from './sniff-image.ts';

export interface ImageSize {
  readonly width: number;
  readonly height: number;
}

/** Size in pixels as the head of a PNG, JPEG or WebP file declares it, without decoding; `null` where it declares none. */
export function imageSize(bytes: Uint8Array): ImageSize | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    switch (sniffImage(bytes)) {
      case 'PNG':
        return { width: view.getUint32(16), height: view.getUint32(20) };
      case 'JPEG':
        return jpegSize(view);
      case 'WebP':
        return webpSize(view);
      default:
        return null;
    }
  } catch (error) {
    // The view's own bounds: the head is cut off.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** Segments of a marker and a length each, until the frame header (SOF0 to SOF15 but DHT, JPG and DAC). */
function jpegSize(view: DataView): ImageSize {
  for (let at = 2; ;) {
    // What lies between segments is skipped, as decoders do: they must not find another frame than we.
    while (view.getUint8(at) !== 0xff) at += 1;
    while (view.getUint8(at) === 0xff) at += 1;
    const marker = view.getUint8(at);
    const isFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
    if (isFrame) return { width: view.getUint16(at + 6), height: view.getUint16(at + 4) };
    const isAlone = marker <= 0x01 || (marker >= 0xd0 && marker <= 0xd8);
    at += isAlone ? 1 : 1 + view.getUint16(at + 1);
  }
}

/** The first chunk is the picture (lossy or lossless), or says the size of a canvas (extended). */
function webpSize(view: DataView): ImageSize | null {
  switch (view.getUint32(12)) {
    case 0x56503820: // "VP8 "
      return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
    case 0x5650384c: {
      // "VP8L": 14 bits each, less one
      const bits = view.getUint32(21, true);
      return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
    }
    case 0x56503858: // "VP8X": 24 bits each, less one
      return { width: (view.getUint32(24, true) & 0xffffff) + 1, height: (view.getUint32(26, true) >>> 8) + 1 };
    default:
      return null;
  }
}
