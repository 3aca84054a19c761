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

const CHUNK = 0x8000;

/** Standard base64 with padding; without Buffer, which browsers lack. */
export function toBase64(source: Exclude<ImageSource, Blob>): string {
  const bytes = new Uint8Array(source);
  let binary = '';
  for (let start = 0; start < bytes.length; start += CHUNK) {
    binary += String.fromCharCode(...bytes.subarray(start, start + CHUNK));
  }
  return btoa(binary);
}

/** The content type its first bytes tell, whatever the file's name or declared type says; else the declared one. */
export async function sniffContentType(file: Blob | Uint8Array<ArrayBuffer>): Promise<string> {
  const head = await new Blob([file.slice(0, 12)]).arrayBuffer();
  const text = String.fromCharCode(...new Uint8Array(head));
  if (text.startsWith('\x89PNG')) return 'image/png';
  if (text.startsWith('\xff\xd8\xff')) return 'image/jpeg';
  if (/^RIFF.{4}WEBP/s.test(text)) return 'image/webp';
  return (file as Partial<Blob>).type || 'application/octet-stream';
}
