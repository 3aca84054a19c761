import type { PackageOverrides } from '@web-single/model-package';
import type { Signature } from '@web-single/signature';

/** What callers see of a served model: the package's own words, or those of the overrides over them. Changes as a whole. */
export interface ModelView {
  readonly signature: Signature;
  /** Undefined where the overrides say nothing of this version. */
  readonly overrides?: PackageOverrides;
}
