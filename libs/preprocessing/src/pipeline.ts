import type { Row } from '@web-single/tensor';
import type { StepOutcome, StepSpec } from './step.ts';

/** Ordered steps. A rejected row leaves the batch at the step that rejected it; its neighbours go on. */
export interface Pipeline {
  run(rows: readonly Row[]): Promise<readonly StepOutcome[]>;
  /** True where a step decodes files (images): such a model never runs inline. */
  readonly decodes: boolean;
}

export type CreatePipeline = (specs: readonly StepSpec[]) => Pipeline;
