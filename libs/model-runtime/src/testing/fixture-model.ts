import { fileURLToPath } from 'node:url';
import type { ModelPackage } from '@web-single/model-package';
import type { InputField, OutputField, Signature } from '@web-single/signature';
import type { Dim, Dtype, TensorSpec } from '@web-single/tensor';

const folder = fileURLToPath(new URL('../../fixtures/', import.meta.url));

/** A package around one of our tiny graphs (fixtures/build_fixtures.py): `"x": ['float32', ['batch', 4]]` per tensor. */
export const fixtureModel = (name: string, shape: FixtureShape, changes: Partial<ModelPackage> = {}): ModelPackage => {
  const sessionInputs = specsOf(shape.inputs);
  const sessionOutputs = specsOf(shape.outputs);
  return {
    name,
    version: '1',
    digest: `sha256:${'0'.repeat(64)}`,
    task: 'other',
    description: '',
    folder,
    modelPath: `${folder}${name}.onnx`,
    signature: { input: fieldsOf(sessionInputs) as Record<string, InputField>, output: fieldsOf(sessionOutputs) },
    sessionInputs,
    sessionOutputs,
    batchable: true,
    before: [],
    after: [],
    batching: { maxRows: 'auto', maxDelayMs: 0 },
    engine: { placement: 'auto', instances: 1, runTimeoutMs: 'auto' },
    requires: {},
    facts: [],
    ...changes,
  };
};

type Shapes = Readonly<Record<string, readonly [Dtype, readonly Dim[]]>>;

export interface FixtureShape {
  readonly inputs: Shapes;
  readonly outputs: Shapes;
}

const specsOf = (shapes: Shapes): readonly TensorSpec[] =>
  Object.entries(shapes).map(([name, [dtype, dims]]) => ({ name, dtype, dims }));

/** What a package without a manifest says of its tensors: a scalar where a row has one value, an array otherwise. */
const fieldsOf = (specs: readonly TensorSpec[]): Record<string, OutputField> =>
  Object.fromEntries(
    specs.map(({ name, dtype, dims }) => {
      const rowDims = dims.slice(1);
      if (rowDims.some((dim) => dim !== 1)) return [name, { type: 'tensor', dtype, dims: rowDims }];
      if (dtype === 'string') return [name, { type: 'text' }];
      if (dtype === 'bool') return [name, { type: 'boolean' }];
      return [name, { type: 'number', optional: true, integer: !dtype.startsWith('float'), dtype }];
    }),
  );

export const linear: FixtureShape = {
  inputs: { x: ['float32', ['batch', 4]] },
  outputs: { label: ['string', ['batch']], scores: ['float32', ['batch', 3]] },
};

export const columns: FixtureShape = {
  inputs: { age: ['float32', [null, 1]], city: ['string', [null, 1]] },
  outputs: { doubled: ['float32', [null, 1]], place: ['string', [null, 1]], missing: ['bool', [null, 1]] },
};

export const endless: FixtureShape = { inputs: { x: ['float32', ['batch']] }, outputs: { y: ['float32', ['batch']] } };

/** Keeps the rows that prove the model from those it never comes back from. */
export const endlessSignature: Signature = {
  input: { x: { type: 'number', dtype: 'float32', min: 0 } },
  output: { y: { type: 'number', dtype: 'float32' } },
};

export const mixing: FixtureShape = {
  inputs: { x: ['float32', ['batch', 2]] },
  outputs: { y: ['float32', ['batch', 2]] },
};

export const lookup: FixtureShape = {
  inputs: { index: ['int64', ['batch']] },
  outputs: { found: ['float32', ['batch']] },
};

export const targets: FixtureShape = {
  inputs: { x: ['float32', ['batch', 3]] },
  outputs: { both: ['float32', [2, 'batch', 3]] },
};

export const sequence: FixtureShape = {
  inputs: { tokens: ['int64', ['batch', 'sequence']] },
  outputs: { total: ['int64', ['batch']], echo: ['int64', ['batch', 'sequence']] },
};

export const single: FixtureShape = { inputs: { x: ['float32', [1, 4]] }, outputs: { y: ['float32', [1, 3]] } };

export const summary: FixtureShape = { inputs: { x: ['float32', ['batch']] }, outputs: { sum: ['float32', []] } };

const everyDtype: readonly Dtype[] = [
  'bool',
  'int8',
  'uint8',
  'int16',
  'uint16',
  'int32',
  'uint32',
  'int64',
  'uint64',
  'float16',
  'float32',
  'float64',
  'string',
];

export const dtypes: FixtureShape = {
  inputs: Object.fromEntries(everyDtype.map((dtype) => [dtype, [dtype, ['batch']]])),
  outputs: Object.fromEntries(everyDtype.map((dtype) => [`${dtype}_out`, [dtype, ['batch']]])),
};
