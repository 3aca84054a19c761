import type { PackageDraft } from '../model/package-draft.ts';

/** A classifier of four numbers, as the graph of a network and `--labels` give it. */
export const birdsDraft: PackageDraft = {
  name: 'birds',
  version: '2.0.0',
  task: 'classification',
  signature: {
    input: { features: { type: 'tensor', dtype: 'float32', dims: [4] } },
    output: { label: { type: 'category', values: ['crow', 'finch'] }, logits: { type: 'number' } },
  },
  before: [],
  after: [{ step: 'classify', from: 'logits', labels: ['crow', 'finch'] }],
  requires: { preprocessing: '^0.1.0' },
  facts: [
    { about: 'probabilities', value: 'softmax of output "logits"', source: '--labels', confidence: 'assumed' },
    { about: 'opset', value: 'ai.onnx 20; IR 10', source: 'birds.onnx header', confidence: 'read' },
  ],
  externalFiles: [],
  golden: {
    producer: { recordedBy: 'a test' },
    tolerance: { absolute: 1e-5, relative: 1e-5 },
    cases: [{ input: { features: [1, 2, 3, 4] }, output: { label: 'crow', logits: 0.5 } }],
  },
  warnings: [],
};

/** The same model, asked with a picture's worth of numbers. */
export const pictureDraft: PackageDraft = {
  ...birdsDraft,
  golden: { ...birdsDraft.golden, cases: [{ input: { features: new Array(784).fill(0) }, output: { label: 'crow' } }] },
};
