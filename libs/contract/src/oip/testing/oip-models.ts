import type { Signature } from '@web-single/signature';
import type { TensorSpec } from '@web-single/tensor';
import { describeOipModel } from '../oip-model.ts';
import type { OipModel, OipModelSource } from '../oip-model.ts';
import type { InferRequest } from '../message.ts';

const species = ['Adelie', 'Chinstrap', 'Gentoo'];

const penguinsSignature: Signature = {
  input: {
    island: { type: 'category', values: ['Biscoe', 'Dream', 'Torgersen'] },
    bill_length_mm: { type: 'number', min: 25, max: 65, optional: true },
    year: { type: 'number', integer: true, optional: true },
    tagged: { type: 'boolean', optional: true },
  },
  output: {
    label: { type: 'category', values: species },
    probabilities: { type: 'scores', of: 'label' },
  },
};

/** Takes float32 `features` [batch, 4] behind steps; gives float32 `logits` [batch, 3]. */
export const penguinsSource: OipModelSource = {
  name: 'penguins',
  version: '2',
  versions: ['1', '2'],
  signature: penguinsSignature,
  sessionInputs: [{ name: 'features', dtype: 'float32', dims: ['batch', 4] }],
  sessionOutputs: [{ name: 'logits', dtype: 'float32', dims: ['batch', 3] }],
  batchable: true,
  hasSteps: true,
  maxRows: 64,
  instances: 2,
  maxDelayMs: 1.5,
};

export const penguins: OipModel = describeOipModel(penguinsSource);

/** A model without steps whose session takes and gives what is listed. */
export function modelOf(
  sessionInputs: readonly TensorSpec[],
  sessionOutputs: readonly TensorSpec[] = [],
  changes: Partial<OipModelSource> = {},
): OipModel {
  const signature: Signature = { input: {}, output: {} };
  const facts = { batchable: true, hasSteps: false, maxRows: 8, instances: 1, maxDelayMs: 0 };
  return describeOipModel({
    name: 'm',
    version: '1',
    versions: ['1'],
    signature,
    sessionInputs,
    sessionOutputs,
    ...facts,
    ...changes,
  });
}

/** A model with the given fields, whose session does not matter. */
export function modelWithFields(signature: Signature): OipModel {
  return modelOf([], [], { signature, hasSteps: true });
}

export function requestOf(request: Partial<InferRequest> = {}): InferRequest {
  return { inputs: [], parameters: {}, ...request };
}
