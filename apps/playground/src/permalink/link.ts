import type { JsonRow } from '../server/model-description.ts';

/** What an address of the page names: a model, perhaps a version, perhaps an input. */
export interface Link {
  readonly model: string;
  readonly version?: string | undefined;
  /** Left-out fields are not in it. Undefined where the link carries no input at all. */
  readonly input?: JsonRow | undefined;
}
