const CHUNK = 0x8000;

/** Bytes → standard base64 with padding; without Buffer, so that it runs in a browser too. */
export function encodeBase64(bytes: Uint8Array): string {
  let binary = '';
  for (let start = 0; start < bytes.length; start += CHUNK) {
    binary += String.fromCharCode(...bytes.subarray(start, start + CHUNK));
  }
  return btoa(binary);
}
