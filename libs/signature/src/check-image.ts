import { describeValue } from '@web-single/tensor';
import { decodeBase64 } from './base64.ts';
import type { ValueCheck } from './check-value.ts';
import { describeField } from './describe-field.ts';
import type { ImageField } from './field.ts';
import { isSupportedImage, sniffImage } from './sniff-image.ts';

/** Takes file bytes or `{"base64": "…"}` → file bytes. Looks at the first bytes only: whether they decode is the decoder's to say. */
export function checkImage(field: ImageField, value: unknown): ValueCheck {
  if (value instanceof Uint8Array) return checkBytes(field, value);
  const encoded = readBase64(value);
  if (encoded === null) {
    const expected = `${describeField(field)} as {"base64": "…"}`;
    const hint = urlHint(value);
    return { problems: [{ path: '', expected, got: describeValue(value), ...(hint !== null && { hint }) }] };
  }
  const decoded = decodeBase64(encoded);
  if ('bytes' in decoded) return checkBytes(field, decoded.bytes);
  const hint = urlHint(encoded) ?? 'Use the standard alphabet with padding and no line breaks.';
  return { problems: [{ path: '.base64', expected: 'base64 (RFC 4648 §4)', got: decoded.problem, hint }] };
}

function readBase64(value: unknown): string | null {
  if (typeof value !== 'object' || value === null || Object.keys(value).length !== 1) return null;
  if (!Object.hasOwn(value, 'base64')) return null;
  const { base64 } = value as { base64: unknown };
  return typeof base64 === 'string' ? base64 : null;
}

function urlHint(value: unknown): string | null {
  const text = typeof value === 'string' ? value : firstString(value);
  if (text === null) return null;
  if (/^\s*data:/i.test(text)) return 'Send only the part of the data URL behind the comma, as {"base64": "…"}.';
  if (/^\s*([a-z][a-z0-9+.-]*:)?\/\//i.test(text))
    return 'URLs are never fetched: send the bytes of the file, as {"base64": "…"}.';
  return typeof value === 'string' ? 'Put the base64 text into an object: {"base64": "…"}.' : null;
}

function firstString(value: unknown): string | null {
  if (typeof value !== 'object' || value === null) return null;
  const found: unknown = Object.values(value).find((inner) => typeof inner === 'string');
  return typeof found === 'string' ? found : null;
}

function checkBytes(field: ImageField, bytes: Uint8Array): ValueCheck {
  const kind = sniffImage(bytes);
  if (isSupportedImage(kind)) return { value: bytes };
  const got =
    bytes.length === 0 ? 'no bytes' : `${kind === null ? 'an unknown format' : `a ${kind}`}, ${bytes.length} bytes`;
  return { problems: [{ path: '', expected: describeField(field), got }] };
}
