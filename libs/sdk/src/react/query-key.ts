import { isImageSource } from '../image-source.ts';
import { imageKey } from './image-key.ts';

/** Key of a query in TanStack's cache. */
export type QueryKey = readonly unknown[];

/** Where the queries of a predictor lie in the cache. */
export interface ScopeOptions {
  /** First part of every key, `'web-single'` by default: tells two predictors in one cache apart. */
  readonly scope?: string | undefined;
}

/** Key of the list of models, with which all other keys begin. */
export const modelsKey = ({ scope = 'web-single' }: ScopeOptions = {}): QueryKey => [scope, 'models'];

/** Key with which those of all queries of a model begin: to invalidate, cancel or remove them. */
export function modelKey({ name }: { readonly name: string }, options?: ScopeOptions): QueryKey {
  return [...modelsKey(options), name];
}

/** A part of a key for a row: what JSON holds of it, files by what they are. Rows that are sent alike have equal parts. */
export function rowKey(value: unknown): unknown {
  if (isImageSource(value)) return imageKey(value);
  if (ArrayBuffer.isView(value)) return Array.from(value as Float32Array, rowKey);
  if (Array.isArray(value)) return value.map(rowKey);
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : `${value}n`;
  // JSON would write null, which is another row.
  if (typeof value === 'number' && !Number.isFinite(value)) return String(value);
  if (typeof value !== 'object' || value === null) return value;
  if ('toJSON' in value && typeof value.toJSON === 'function') return rowKey(value.toJSON());
  if (Object.keys(value).length === 1 && 'base64' in value && typeof value.base64 === 'string') {
    return imageKey(value.base64);
  }
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, rowKey(part)]));
}
