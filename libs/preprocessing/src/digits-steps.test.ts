import { readFileSync } from 'node:fs';
import type { Tensor } from '@web-single/tensor';
import { describe, expect, it } from 'vitest';
import { createPipeline } from './create-pipeline.ts';
import type { StepSpec } from './step.ts';
import { RowRejection } from './step.ts';
import { sha256 } from './testing/pillow-fixtures.ts';

const workspace = new URL('../../../', import.meta.url);

interface RecordedStep {
  readonly step: string;
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly sha256: string;
}

/** Written by tools/train: what its own preprocessing holds after each step, per golden picture of models/digits. */
const recorded = JSON.parse(
  readFileSync(new URL('tools/train/fixtures/digits-steps.json', workspace), 'utf8'),
) as Record<string, readonly RecordedStep[]>;

/** `before` of models/digits/model.yaml. */
const before: readonly StepSpec[] = [
  { step: 'decode-image', field: 'image', mode: 'grey', background: 'contrast' },
  { step: 'light-on-dark', field: 'image' },
  { step: 'stretch-contrast', field: 'image', minRange: 16 },
  { step: 'crop-to-content', field: 'image', threshold: 64 },
  { step: 'resize-image', field: 'image', fit: 'longest', size: 20, filter: 'bilinear' },
  { step: 'place-image', field: 'image', width: 28, height: 28, anchor: 'center-of-mass', background: 0 },
  {
    step: 'image-to-tensor',
    field: 'image',
    scale: 0.00392156862745098,
    mean: [0.14],
    std: [0.28],
    layout: 'CHW',
  },
];

async function trace(file: string): Promise<RecordedStep[]> {
  const bytes = new Uint8Array(readFileSync(new URL(`models/digits/${file}`, workspace)));
  const steps: RecordedStep[] = [];
  let row: object = { image: bytes };
  for (const spec of before) {
    const [outcome] = await createPipeline([spec]).run([row as { image: Uint8Array }]);
    if (outcome instanceof RowRejection) throw new Error(`${spec.step}: ${JSON.stringify(outcome.problem)}`);
    const { dtype, shape, data } = outcome!.image as Tensor;
    steps.push({ step: spec.step, dtype, shape, sha256: sha256(data as Uint8Array) });
    row = outcome!;
  }
  return steps;
}

describe('preprocessing of digits', () => {
  it.each(Object.keys(recorded))('equals the training side after every step: %s', async (file) => {
    expect(await trace(file)).toEqual(recorded[file]);
  });
});
