import { describe, expect, it } from 'vitest';
import { DOUBLE, FLOAT, graphOf, modelOf, nodeOf, valueOf } from '../testing/build-onnx.ts';
import { correctOutputTypes } from './correct-output-types.ts';
import { linkGraph } from './graph-links.ts';
import { readOnnx } from './read-onnx.ts';

function correct(nodes: readonly Uint8Array[], declared: number) {
  const inputs = [valueOf('x', DOUBLE, [-1, 3])];
  const model = readOnnx(modelOf(graphOf({ nodes, inputs, outputs: [valueOf('y', declared, [-1, 1])] })));
  return correctOutputTypes(model, linkGraph(model));
}

const forest = nodeOf({ opType: 'TreeEnsembleRegressor', domain: 'ai.onnx.ml', inputs: ['x'], outputs: ['y'] });

describe('correctOutputTypes', () => {
  it('declares the numbers of a forest float32, which an export from float64 samples calls double', () => {
    const { corrected, model, outputs } = correct([forest], DOUBLE);
    expect(corrected).toEqual([{ name: 'y', declared: 'double', actual: 'float' }]);
    expect(model.outputs).toMatchObject([{ name: 'y', dtype: 'float32', dims: [null, 1] }]);
    expect([...outputs.keys()]).toEqual(['y']);
  });

  it('leaves what is declared right, and what cannot be told', () => {
    expect(correct([forest], FLOAT).corrected).toEqual([]);
    expect(correct([nodeOf({ opType: 'Neg', inputs: ['x'], outputs: ['y'] })], DOUBLE).corrected).toEqual([]);
    expect(correct([nodeOf({ opType: 'Loop', inputs: ['x'], outputs: ['y'] })], FLOAT).corrected).toEqual([]);
  });

  it('ends on a graph that runs in circles', () => {
    const circle = [
      nodeOf({ opType: 'Neg', inputs: ['z'], outputs: ['y'] }),
      nodeOf({ opType: 'Neg', inputs: ['y'], outputs: ['z'] }),
    ];
    expect(correct(circle, FLOAT).corrected).toEqual([]);
  });
});
