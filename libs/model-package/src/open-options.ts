import type { ImportOptions } from './import/import-options.ts';

/** How packages are opened; all of it may be left out. */
export interface OpenOptions extends ImportOptions {
  /** Refuses assumptions and files without a digest. */
  readonly strict?: boolean;
  /** Versions of our components by name, to check a manifest's `requires` against: `{ preprocessing: '0.1.0' }`. */
  readonly componentVersions?: Readonly<Record<string, string>>;
}
