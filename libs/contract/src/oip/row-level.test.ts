import { describe, expect, it } from 'vitest';
import type { Signature } from '@web-single/signature';
import { modelDescriptionSchema } from '../model-description.ts';
import { penguins } from '../testing/demo-models.ts';
import { describeOipModel } from './oip-model.ts';
import { rowLevel } from './row-level.ts';

const signature: Signature = {
  input: {
    picture: { type: 'image' },
    grade: { type: 'category', values: [1, 2], optional: true },
    window: { type: 'tensor', dtype: 'float16', dims: ['steps', 3] },
  },
  output: { label: { type: 'category', values: ['a', 'b'] }, scores: { type: 'scores', of: 'label' } },
};

describe('rowLevel', () => {
  it('names, types and shapes every field, with the rows in front', () => {
    expect(rowLevel(signature)).toEqual({
      inputs: [
        { name: 'picture', datatype: 'BYTES', shape: [-1] },
        { name: 'grade', datatype: 'INT64', shape: [-1], optional: true },
        { name: 'window', datatype: 'FP16', shape: [-1, -1, 3] },
      ],
      outputs: [
        { name: 'label', datatype: 'BYTES', shape: [-1] },
        { name: 'scores', datatype: 'FP64', shape: [-1, 2] },
      ],
    });
  });

  it('is what requests are read by', () => {
    const model = describeOipModel({
      name: 'm',
      version: '1',
      versions: ['1'],
      signature,
      sessionInputs: [],
      sessionOutputs: [],
      batchable: true,
      hasSteps: true,
      maxRows: 1,
      instances: 1,
      maxDelayMs: 0,
    });

    expect([...model.rowInputs.values()]).toMatchObject(rowLevel(signature).inputs);
    expect([...model.rowOutputs.values()]).toMatchObject(rowLevel(signature).outputs);
  });

  it('fits into the description of a model', () => {
    const description = { ...penguins, rowLevel: rowLevel(penguins.signature) };

    expect(modelDescriptionSchema.parse(description)).toEqual(description);
  });
});
