import type { Row } from '@web-single/tensor';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createPipeline } from './create-pipeline.ts';
import { defineStep } from './define-step.ts';
import { perRow } from './per-row.ts';
import type { Pipeline } from './pipeline.ts';
import { RowRejection } from './step.ts';
import { createStepRegistry, stepRegistry } from './step-registry.ts';
import { stepExamples } from './testing/step-examples.ts';
import { isUnforeseen, strangeRowsOf } from './testing/strange-rows.ts';

/** Rows at which the pipeline failed without foreseeing it. */
async function unforeseen(pipeline: Pipeline, rows: readonly Row[]): Promise<Row[]> {
  const outcomes = await pipeline.run(rows);
  return rows.filter((_, index) => {
    const outcome = outcomes[index];
    return outcome instanceof RowRejection && isUnforeseen(outcome.problem.got);
  });
}

it('has an example of every step', () => {
  expect(stepExamples.map(({ spec }) => spec.step).sort()).toEqual([...stepRegistry.keys()].sort());
});

describe.each(stepExamples)('$spec.step', ({ spec, row }) => {
  const pipeline = createPipeline([spec]);
  const strangeRows = strangeRowsOf(row);

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
    expect(await unforeseen(pipeline, strangeRows)).toEqual([]);
  });

  it('refuses parameters it does not know', () => {
    expect(() => createPipeline([{ ...spec, colour: 'red' }])).toThrow(/colour/);
  });
});

it('finds a step whose rejection fails itself, whatever its field is called', async () => {
  const halved = perRow('halve', (row) => {
    if (typeof row['age'] === 'number') return { age: row['age'] / 2 };
    throw (undefined as unknown as { reject(): Error }).reject();
  });
  const halve = defineStep({ name: 'halve', summary: '', params: z.strictObject({}), create: () => halved });
  const pipeline = createPipeline([{ step: 'halve' }], createStepRegistry([halve]));

  expect(await unforeseen(pipeline, strangeRowsOf({ age: 3 }))).toContainEqual({ age: '' });
});

describe('createStepRegistry', () => {
  const step = (name: string, shape: z.ZodRawShape) =>
    defineStep({ name, summary: '', params: z.strictObject(shape), create: () => perRow(name, (row) => row) });

  it('refuses two steps of one name and a parameter named "step"', () => {
    expect(() => createStepRegistry([step('a', {}), step('a', {})])).toThrow('Two steps are named "a"');
    expect(() => createStepRegistry([step('a', { step: z.string() })])).toThrow('parameter "step"');
  });
});
