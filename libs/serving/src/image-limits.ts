import { imageSize, type Signature } from '@web-single/signature';
import type { Row } from '@web-single/tensor';
import { ServingError } from './serving-error.ts';

export interface ImageLimits {
  /** Most pictures in the rows of one request. */
  readonly maxImagesPerRequest: number;
  /** Most pixels of all of them together, as their heads declare them. */
  readonly maxPixelsPerRequest: number;
}

/** Throws `PAYLOAD_TOO_LARGE` where a request has more pictures or pixels than one may have: a few bytes can be many of them. */
export function checkImages(signature: Signature, rows: readonly Row[], limits: ImageLimits): void {
  const names = imageNames(signature);
  if (names.length === 0) return;
  const { maxImagesPerRequest, maxPixelsPerRequest } = limits;
  let images = 0;
  let pixels = 0;
  for (const row of rows) {
    for (const name of names) {
      const file = row[name];
      if (!(file instanceof Uint8Array)) continue;
      images += 1;
      // A file without a size is the decoder's to refuse.
      const { width, height } = imageSize(file) ?? { width: 0, height: 0 };
      pixels += width * height;
    }
  }
  if (images > maxImagesPerRequest) throw tooLarge(`${images} pictures`, maxImagesPerRequest, 'pictures');
  // One alone is measured against its own field's limit, and refused in its row.
  if (images > 1 && pixels > maxPixelsPerRequest) throw tooLarge(`${pixels} pixels`, maxPixelsPerRequest, 'pixels');
}

const namesBySignature = new WeakMap<Signature, readonly string[]>();

/** Looked up once: every request asks. */
function imageNames(signature: Signature): readonly string[] {
  const known = namesBySignature.get(signature);
  if (known !== undefined) return known;
  const names = Object.entries(signature.input).flatMap(([name, field]) => (field.type === 'image' ? [name] : []));
  namesBySignature.set(signature, names);
  return names;
}

function tooLarge(got: string, limit: number, unit: string): ServingError {
  const message = `The request has ${got} in all; at most ${limit} ${unit} are allowed: split it.`;
  return new ServingError('PAYLOAD_TOO_LARGE', message);
}
