import type { StepKind } from './step-kinds.ts';

/** What `nx g @web-single/nx-plugin:step` takes; schema.json describes each. */
export interface StepOptions {
  readonly name: string;
  readonly kind?: StepKind;
}
