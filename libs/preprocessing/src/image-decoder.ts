/** Samples as the file holds them, 8 bits each: no colour management, no orientation, alpha not multiplied in. */
export interface DecodedImage {
  readonly width: number;
  readonly height: number;
  /** 1 grey, 2 grey and alpha, 3 RGB, 4 RGB and alpha. */
  readonly channels: 1 | 2 | 3 | 4;
  /** Row by row, channels interleaved; owned by the receiver. */
  readonly data: Uint8Array;
}

/** A file that was not decoded, in the words of a `RowProblem`. */
export interface ImageRefusal {
  readonly expected: string;
  readonly got: string;
  readonly hint?: string;
}

export type ImageDecoding =
  | { readonly image: DecodedImage; /** EXIF orientation, 1 where the file names none. */ readonly orientation: number }
  | { readonly refusal: ImageRefusal };

/** Port behind `decode-image`: opens PNG, JPEG and WebP. Refuses, before it decodes, what has more than `maxPixels`. */
export interface ImageDecoder {
  decode(bytes: Uint8Array, limits: { readonly maxPixels: number }): Promise<ImageDecoding>;
}
