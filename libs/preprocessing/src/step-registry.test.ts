import type { Row } from '@web-single/tensor';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createPipeline } from './create-pipeline.ts';
import { defineStep } from './define-step.ts';
import { perRow } from './per-row.ts';
import { RowRejection } from './step.ts';
import { createStepRegistry, stepRegistry } from './step-registry.ts';
import { stepExamples } from './testing/step-examples.ts';

/** Rows as a signature that does not fit its pipeline would let them through. */
const strangeRows: readonly Row[] = [
  {},
  ...[null, true, 12, 9n, '', 'b\u0000', [], [1, 'a'], [[1, 2]], {}, new Uint8Array(3)].map((value) => strange(value)),
  strange({ dtype: 'uint8', shape: [0, 0], data: new Uint8Array() }),
  strange({ dtype: 'uint8', shape: [1, 2, 4], data: new Uint8Array(8) }),
  strange({ dtype: 'uint8', shape: [9], data: new Uint8Array(1) }),
  strange({ dtype: 'string', shape: [3], data: ['a', 'b', 'c'] }),
  strange({ dtype: 'float32', shape: [3], data: Float32Array.of(NaN, Infinity, -Infinity) }),
];

function strange(value: unknown): Row {
  const fields = ['sex', 'island', 'mass', 'a', 'b', 'image', 'logits'];
  return Object.fromEntries(fields.map((field) => [field, value])) as Row;
}

it('has an example of every step', () => {
  expect(stepExamples.map(({ spec }) => spec.step).sort()).toEqual([...stepRegistry.keys()].sort());
});

describe.each(stepExamples)('$spec.step', ({ spec, row }) => {
  const pipeline = createPipeline([spec]);

  it('accepts its example and leaves it as it was', async () => {
    const before = structuredClone(row);

    const [outcome] = await pipeline.run([row]);

    expect(outcome).not.toBeInstanceOf(RowRejection);
    expect(row).toEqual(before);
  });

  it('answers a batch as it answers single rows, with bad rows among them', async () => {
    const rows = strangeRows.flatMap((strangeRow) => [row, strangeRow]);

    const batch = await pipeline.run(rows);

    expect(batch).toHaveLength(rows.length);
    for (const [index, outcome] of batch.entries()) expect([outcome]).toEqual(await pipeline.run([rows[index]!]));
    const [alone] = await pipeline.run([row]);
    expect(batch.filter((_, index) => index % 2 === 0)).toEqual(strangeRows.map(() => alone));
  });

  it('foresees every bad row', async () => {
    for (const outcome of await pipeline.run(strangeRows)) {
      if (outcome instanceof RowRejection) expect(outcome.problem.got).not.toContain('unexpectedly');
    }
  });

  it('refuses parameters it does not know', () => {
    expect(() => createPipeline([{ ...spec, colour: 'red' }])).toThrow(/colour/);
  });
});

describe('createStepRegistry', () => {
  const step = (name: string, shape: z.ZodRawShape) =>
    defineStep({ name, summary: '', params: z.strictObject(shape), create: () => perRow(name, (row) => row) });

  it('refuses two steps of one name and a parameter named "step"', () => {
    expect(() => createStepRegistry([step('a', {}), step('a', {})])).toThrow('Two steps are named "a"');
    expect(() => createStepRegistry([step('a', { step: z.string() })])).toThrow('parameter "step"');
  });
});
