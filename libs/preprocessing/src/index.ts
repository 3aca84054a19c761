export { RowRejection } from './step.ts';
export type { Step, StepOutcome, StepSpec } from './step.ts';
export type { CreatePipeline, Pipeline } from './pipeline.ts';
