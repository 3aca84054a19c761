import { readOnnx } from '@web-single/model-package';
import { describe, expect, it } from 'vitest';
import { encodeOnnx } from './onnx-graph.ts';

describe('encodeOnnx', () => {
  it('writes what the reader of model packages reads', () => {
    const model = readOnnx(
      encodeOnnx({
        input: { name: 'features', width: 300 },
        output: { name: 'scores', width: 2 },
        nodes: [{ operator: 'MatMul', inputs: ['features', 'weight'], output: 'scores' }],
        weights: [{ name: 'weight', dims: [300, 2], data: new Float32Array(600) }],
      }),
    );
    expect(model.inputs).toMatchObject([{ name: 'features', dtype: 'float32', dims: ['batch', 300] }]);
    expect(model.outputs).toMatchObject([{ name: 'scores', dtype: 'float32', dims: ['batch', 2] }]);
  });
});
