import type { Row } from '@web-single/tensor';
import { createPipeline } from '../create-pipeline.ts';
import { RowRejection } from '../step.ts';
import type { StepSpec } from '../step.ts';

/** What one step makes of one row; its problem where the row was rejected. */
export async function runStep(spec: StepSpec, row: Row): Promise<Row | RowRejection['problem']> {
  const [outcome] = await createPipeline([spec]).run([row]);
  return outcome instanceof RowRejection ? outcome.problem : outcome!;
}
