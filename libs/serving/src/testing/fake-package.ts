import type { ModelPackage } from '@web-single/model-package';
import type { Signature } from '@web-single/signature';

const signature: Signature = {
  input: { x: { type: 'number' } },
  output: { y: { type: 'number' } },
};

/** A package whose model takes `x` and gives `y`; nothing of it lies on a disk. */
export function fakePackage(changes: Partial<ModelPackage> = {}): ModelPackage {
  return {
    name: 'doubler',
    version: '1',
    digest: 'sha256:00',
    task: 'regression',
    description: 'Doubles x.',
    folder: '/nowhere',
    modelPath: '/nowhere/model.onnx',
    signature,
    sessionInputs: [{ name: 'x', dtype: 'float32', dims: ['batch', 1] }],
    sessionOutputs: [{ name: 'y', dtype: 'float32', dims: ['batch', 1] }],
    batchable: true,
    before: [],
    after: [],
    batching: { maxRows: 'auto', maxDelayMs: 0 },
    engine: { placement: 'auto', instances: 'auto', runTimeoutMs: 'auto' },
    requires: {},
    facts: [],
    ...changes,
  };
}
