import type { Picture } from './draft.ts';
import { pictureOfBase64 } from './picture-of-base64.ts';

/** The bytes of a file as a picture; whether it is one the server says. */
export function readPicture(file: Blob, fileName: string): Promise<Picture> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => {
      const url = reader.result as string;
      resolve(pictureOfBase64(url.slice(url.indexOf(',') + 1), fileName));
    };
    reader.onerror = () => reject(new Error(`The file “${fileName}” could not be read.`));
    reader.readAsDataURL(file);
  });
}
