import type { z } from 'zod';
import type { Step } from './step.ts';

/** A step as the registry knows it: a manifest names it, `params` checks what stands beside the name. */
export interface StepDefinition<P extends z.ZodObject = z.ZodObject> {
  /** kebab-case, as in `{ step: <name>, ... }`. */
  readonly name: string;
  /** One sentence for the docs: what goes in, what comes out. */
  readonly summary: string;
  /** Strict object without a field `step`. No transforms: it is also printed as JSON Schema. */
  readonly params: P;
  /** True where the step decodes files: its model never runs inline, and its rows go through one after the other. */
  readonly decodes?: boolean;
  /**
   * True where the step, once it has answered, has no view left of the row it was given but those in its answer, and what it made is in memory
   * that nobody else writes or looks at. Ownership: what lies between two such steps belongs to the pipeline, which frees it. Leave it out
   * of a step that keeps anything, though it should not.
   */
  readonly keepsNothing?: boolean;
  create(params: z.output<P>): Step;
}

/** Ties `create` to the type of `params`, then forgets it: the registry holds steps of all kinds. */
export function defineStep<P extends z.ZodObject>(definition: StepDefinition<P>): StepDefinition {
  return definition as unknown as StepDefinition;
}
