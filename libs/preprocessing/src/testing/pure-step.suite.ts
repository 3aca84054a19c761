import type { Row } from '@web-single/tensor';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createPipeline } from '../create-pipeline.ts';
import { RowRejection } from '../step.ts';
import type { StepSpec } from '../step.ts';

export interface PureStepCase<R extends Row> {
  /** Rows that the step accepts. */
  readonly rows: fc.Arbitrary<R>;
  /** Expects what a manifest's author may rely on: fields, dtype, shape. */
  readonly declares: (outcome: Row, row: R) => void;
}

const options = { seed: 1, numRuns: 50 };

/** What holds of every step, whatever its rows: it is a function of one row alone, and only reads it. */
export function pureStepSuite<R extends Row>(spec: StepSpec, { rows, declares }: PureStepCase<R>): void {
  const batches = fc.array(rows, { minLength: 1, maxLength: 6 });
  const run = (batch: readonly Row[]) => createPipeline([spec]).run(batch);

  it('answers the same rows the same, and leaves them as they were', async () => {
    const pipeline = createPipeline([spec]);
    const check = async (batch: readonly R[]) => {
      const before = structuredClone(batch);

      const outcomes = await pipeline.run(batch);

      expect(await pipeline.run(batch)).toEqual(outcomes);
      expect(batch).toEqual(before);
    };
    await fc.assert(fc.asyncProperty(batches, check), options);
  });

  it('answers a row in a batch as it answers it alone', async () => {
    const check = async (batch: readonly R[]) => {
      const outcomes = await run(batch);

      expect(outcomes).toHaveLength(batch.length);
      for (const [index, row] of batch.entries()) expect(await run([row])).toEqual([outcomes[index]]);
    };
    await fc.assert(fc.asyncProperty(batches, check), options);
  });

  it('answers in the fields, shapes and dtypes it declares', async () => {
    const check = async (row: R) => {
      const [outcome] = await run([row]);

      expect(outcome).not.toBeInstanceOf(RowRejection);
      declares(outcome as Row, row);
    };
    await fc.assert(fc.asyncProperty(rows, check), options);
  });
}
