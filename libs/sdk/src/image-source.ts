/** The bytes of a PNG, JPEG or WebP file; `{ base64 }` where they already are text. */
export type ImageSource = Blob | ArrayBuffer | Uint8Array<ArrayBuffer>;

/** An image as rows hold it: the bytes of a file, or these as base64 text. */
export type ImageInput =
  | ImageSource
  | {
      /** Standard base64. */
      readonly base64: string;
    };

export function isImageSource(value: unknown): value is ImageSource {
  return value instanceof Blob || value instanceof ArrayBuffer || value instanceof Uint8Array;
}

export async function readBytes(source: ImageSource): Promise<Uint8Array> {
  if (source instanceof Uint8Array) return source;
  return new Uint8Array(source instanceof ArrayBuffer ? source : await source.arrayBuffer());
}

const CHUNK = 0x8000;

/** Standard base64 with padding; without Buffer, which browsers lack. */
export async function toBase64(source: ImageSource): Promise<string> {
  const bytes = await readBytes(source);
  let binary = '';
  for (let start = 0; start < bytes.length; start += CHUNK) {
    binary += String.fromCharCode(...bytes.subarray(start, start + CHUNK));
  }
  return btoa(binary);
}

/** The content type its first bytes tell, whatever the file's name or declared type says; else the declared one. */
export async function sniffContentType(source: ImageSource): Promise<string> {
  const head = await readBytes(source instanceof Blob ? source.slice(0, 12) : source);
  const text = String.fromCharCode(...head.subarray(0, 12));
  if (text.startsWith('\x89PNG')) return 'image/png';
  if (text.startsWith('\xff\xd8\xff')) return 'image/jpeg';
  if (text.startsWith('RIFF') && text.endsWith('WEBP')) return 'image/webp';
  return (source instanceof Blob && source.type) || 'application/octet-stream';
}
