import { elementsOf, textOf } from './xml-text.ts';

export interface S3Object {
  readonly key: string;
  readonly etag?: string;
  readonly sizeBytes: number;
}

export interface S3Page {
  readonly objects: readonly S3Object[];
  /** For the next page, where there is one. */
  readonly continuationToken?: string;
}

/** Reads one answer of ListObjectsV2; undefined where it is none. */
export function readListing(xml: string): S3Page | undefined {
  if (!/<ListBucketResult[\s>]/.test(xml)) return undefined;
  const isEncoded = textOf(xml, 'EncodingType') === 'url';
  const objects = elementsOf(xml, 'Contents').flatMap((element) => {
    const key = textOf(element, 'Key');
    const etag = textOf(element, 'ETag');
    const sizeBytes = Number(textOf(element, 'Size'));
    if (key === undefined || !Number.isSafeInteger(sizeBytes) || sizeBytes < 0) return [];
    return [{ key: isEncoded ? decode(key) : key, sizeBytes, ...(etag === undefined ? {} : { etag }) }];
  });
  const token = textOf(xml, 'NextContinuationToken');
  const isCut = textOf(xml, 'IsTruncated') === 'true';
  return { objects, ...(isCut && token !== undefined && token !== '' ? { continuationToken: token } : {}) };
}

function decode(key: string): string {
  try {
    return decodeURIComponent(key.replaceAll('+', ' '));
  } catch {
    return key;
  }
}
