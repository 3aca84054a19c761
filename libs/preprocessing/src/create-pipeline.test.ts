import type { Row } from '@web-single/tensor';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createPipeline } from './create-pipeline.ts';
import { defineStep } from './define-step.ts';
import type { StepDefinition } from './define-step.ts';
import { perRow } from './per-row.ts';
import { PreprocessingError } from './preprocessing-error.ts';
import { RowRejection } from './step.ts';
import type { Step, StepSpec } from './step.ts';
import { createStepRegistry } from './step-registry.ts';

const negative = { field: 'x', expected: 'a number of at least 0', got: 'less' };

function define(name: string, create: () => Step, decodes = false): StepDefinition {
  return defineStep({ name, summary: name, params: z.strictObject({}), decodes, create });
}

const double = perRow('double', (row) => {
  const x = row.x as number;
  if (x === -1) return new RowRejection(negative);
  if (x === -2) throw new RowRejection(negative);
  if (x === -3) throw new Error('/secret/path: boom');
  return { x: x * 2 };
});
const batchWide: Step = {
  name: 'batch-wide',
  apply: (rows) => {
    if (rows.some((row) => row.x === -4)) throw new Error('/secret/path: the whole batch');
    return rows.map((row) => ({ x: (row.x as number) + 1 }));
  },
};
const forgetful: Step = { name: 'forgetful', apply: () => [] };
const later = perRow('later', async (row) => (row.x === -5 ? Promise.reject(new Error('late')) : row));

const registry = createStepRegistry([
  define('double', () => double),
  define('batch-wide', () => batchWide),
  define('later', () => later),
  define('decode', () => later, true),
  define('forgetful', () => forgetful),
]);

function pipeline(...names: string[]) {
  return createPipeline(
    names.map((step) => ({ step })),
    registry,
  );
}

function expected(x: number): Row | 'rejected' {
  return x < 0 ? 'rejected' : { x: x * 2 + 1 };
}

describe('createPipeline', () => {
  it.each([
    ['a plain one', ['later', 'batch-wide']],
    ['a decoding one', ['decode', 'batch-wide']],
  ])('keeps order and length, and a bad row harms no other: %s', async (_, [first, second]) => {
    const run = pipeline(first!, 'double', second!).run;

    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: -3, max: 9 }), { maxLength: 20 }), async (numbers) => {
        const outcomes = await run(numbers.map((x) => ({ x })));

        expect(outcomes.map((outcome) => (outcome instanceof RowRejection ? 'rejected' : outcome))).toEqual(
          numbers.map(expected),
        );
      }),
      { seed: 1 },
    );
  });

  it('rejects only the row at which a step fails for the whole batch', async () => {
    const outcomes = await pipeline('batch-wide').run([{ x: 1 }, { x: -4 }, { x: 3 }]);

    expect(outcomes[0]).toEqual({ x: 2 });
    expect(outcomes[1]).toBeInstanceOf(RowRejection);
    expect(outcomes[2]).toEqual({ x: 4 });
  });

  it.each([
    ['double', -3],
    ['batch-wide', -4],
    ['later', -5],
    ['forgetful', 0],
  ])('tells nothing of the inside of a failing step: %s', async (step, x) => {
    const [outcome] = await pipeline(step).run([{ x }]);

    expect((outcome as RowRejection).problem).toEqual({
      field: '',
      expected: `a row that step "${step}" can work with`,
      got: 'one on which the step failed unexpectedly',
      hint: expect.stringContaining('fault of the step'),
    });
  });

  it('hands on what a step says of a row', async () => {
    const outcomes = await pipeline('double').run([{ x: -1 }, { x: -2 }]);

    expect(outcomes).toEqual([new RowRejection(negative), new RowRejection(negative)]);
  });

  it('does nothing without steps or rows', async () => {
    const row = { x: 1 };

    expect(await createPipeline([]).run([row])).toEqual([row]);
    expect(await pipeline('double').run([])).toEqual([]);
  });

  it('decodes where one of its steps does', () => {
    expect(pipeline('double').decodes).toBe(false);
    expect(pipeline('double', 'decode').decodes).toBe(true);
  });

  it('names every problem of a declaration, and what was probably meant', () => {
    const specs: StepSpec[] = [
      { step: 'fill-missng', fields: {} },
      { step: 'resize-image', field: 'image', fit: 'longest', filter: 'linear', sise: 3 },
    ];

    const error = catchError(() => createPipeline(specs));

    expect(error).toBeInstanceOf(PreprocessingError);
    expect(error).toMatchObject({ code: 'INVALID_PIPELINE' });
    expect(error.message).toContain('Did you mean "fill-missing"?');
    const problems = (error as PreprocessingError).problems;
    expect(problems.map(({ index, pointer }) => `${index}${pointer}`)).toEqual(['0/step', '1/filter', '1']);
  });
});

it.each([4, null, undefined, ['fill-missing'], { name: 4 }])('refuses the step name %j, which is none', (step) => {
  const error = catchError(() => createPipeline([{ step } as unknown as StepSpec]));

  expect(error).toMatchObject({ code: 'INVALID_PIPELINE' });
  expect(error.message).toContain('Expected the name of a step, got');
});

function catchError(run: () => unknown): Error {
  try {
    run();
  } catch (error) {
    return error as Error;
  }
  throw new Error('Nothing was thrown.');
}
