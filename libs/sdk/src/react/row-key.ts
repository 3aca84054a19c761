import { isImageSource } from '../image-source.ts';
import { isObject } from '../is-object.ts';
import { imageKey } from './image-key.ts';

/**
 * The part of a key for a row or rows: what JSON holds of it, files by what they are. Rows that are sent alike have equal parts,
 * others never: what stands for something else begins with `~`, and texts and names that do have one more.
 */
export function rowKey(input: unknown): unknown {
  try {
    if (Array.isArray(input)) return Array.from(input as unknown[], rowPart);
    const part = rowPart(input);
    // A view is one row, not many.
    return Array.isArray(part) ? ['~row', part] : part;
  } catch (error) {
    // A cycle, or a toJSON that fails: the call fails, too, and tells it.
    return `~${String(error)}`;
  }
}

/** Of a row its own fields are sent, whatever its toJSON gives. */
function rowPart(row: unknown): unknown {
  // What is no row, and refused.
  if (row instanceof Promise) return '~promise';
  if (/undefined|function|symbol/.test(typeof row)) return `~${typeof row}`;
  return isObject(row) && !isImageSource(row) && !ArrayBuffer.isView(row) ? fieldsPart(row) : valuePart(row);
}

function fieldsPart(fields: object): unknown {
  const { base64 } = fields as { readonly base64?: unknown };
  if (Object.keys(fields).join() === 'base64' && typeof base64 === 'string') return `~${imageKey(base64)}`;
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [marked(name), valuePart(value)]));
}

function valuePart(given: unknown): unknown {
  if (isImageSource(given)) return `~${imageKey(given)}`;
  const value = jsonValue(given);
  if (typeof value === 'string') return marked(value);
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : `~${value}n`;
  // JSON would write null, which is another row.
  if (typeof value === 'number') return Number.isFinite(value) ? value : `~${value}`;
  if (Array.isArray(value)) return Array.from(value as unknown[], valuePart);
  if (typeof value === 'function') return undefined;
  return isObject(value) ? fieldsPart(value) : value;
}

/** What JSON takes for a value: the elements of a view, what its `toJSON` gives, what a wrapper holds. */
function jsonValue(value: unknown): unknown {
  if (ArrayBuffer.isView(value)) return Array.from(value as Float32Array);
  const { toJSON } = Object(value) as { readonly toJSON?: unknown };
  const json = typeof toJSON === 'function' ? (toJSON.call(value, '') as unknown) : value;
  const isWrapper = [Number, String, Boolean, BigInt].some((Wrapper) => json instanceof Wrapper);
  return isWrapper ? JSON.parse(JSON.stringify(json)) : json;
}

/** The name `__proto__` too: TanStack would lose it when it sorts names. */
const marked = (text: string): string => (/^(~|__proto__$)/.test(text) ? `~${text}` : text);
