import type { ImageSource } from '../image-source.ts';
import { digestOf } from './digest.ts';

/** Numbers of the files seen, with a random part: a key that is kept must not name another file after a reload. */
const files = { session: '', numbers: new WeakMap<Blob, number>(), count: 0 };

/**
 * Stands for an image in a key: the digest of bytes and of base64, so that a copy finds the same answer and bytes written
 * over find another; the identity of a blob or file, whose bytes cannot be read at once and never change.
 */
export function imageKey(image: ImageSource | string): string {
  if (typeof image === 'string') return `base64:${digestOf(image.length, (index) => image.charCodeAt(index))}`;
  if (image instanceof Blob) return `file:${image.size}:${numberOf(image)}`;
  const bytes = image instanceof Uint8Array ? image : new Uint8Array(image);
  return `bytes:${digestOf(bytes.length, (index) => bytes[index]!)}`;
}

function numberOf(file: Blob): string {
  files.session ||= Math.random().toString(36).slice(2);
  let number = files.numbers.get(file);
  if (number === undefined) files.numbers.set(file, (number = files.count += 1));
  return `${files.session}:${number}`;
}
