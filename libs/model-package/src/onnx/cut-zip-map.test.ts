import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  DOUBLE,
  FLOAT,
  graphOf,
  mapValueOf,
  modelOf,
  nodeOf,
  STRING,
  stringsOf,
  valueOf,
  zipMapModel,
} from '../testing/build-onnx.ts';
import { cutZipMap } from './cut-zip-map.ts';
import { linkGraph } from './graph-links.ts';
import { readOnnx } from './read-onnx.ts';
import { rewriteGraph } from './rewrite-graph.ts';
import { readFields, singleMessage } from './wire.ts';

function cut(bytes: Uint8Array) {
  const before = readOnnx(bytes);
  const { edit, cuts, refused } = cutZipMap(before, linkGraph(before));
  const rewritten = rewriteGraph(bytes, edit);
  return { rewritten, model: readOnnx(rewritten), cuts, refused };
}

describe('cutZipMap', () => {
  it('leaves a tensor of the same name where the map was, for any labels', () => {
    const label = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(fc.uniqueArray(label, { minLength: 2, maxLength: 60 }), (labels) => {
        const { model, cuts } = cut(zipMapModel(labels));
        expect(model.outputs.map(({ name, typeName }) => [name, typeName])).toEqual([
          ['index', 'tensor(int64)'],
          ['output_probability', 'tensor(float)'],
        ]);
        expect(model.nodes.map(({ opType }) => opType)).toEqual(['Softmax', 'If', 'ArgMax']);
        expect(cuts).toEqual([{ output: 'output_probability', labels, scoresType: 1, severalTargets: false }]);
      }),
      { seed: 7 },
    );
  });

  it('renames the tensor where it is made and wherever it is read, subgraphs included', () => {
    const { model, rewritten } = cut(zipMapModel(['a', 'b']));
    expect(model.nodes[0]!.outputs).toEqual(['output_probability']);
    expect(model.nodes[2]!.inputs).toEqual(['output_probability']);
    expect(Buffer.from(rewritten).includes('probabilities')).toBe(false);
  });

  it('copies everything else byte for byte', () => {
    const before = zipMapModel(['a', 'b']);
    const { rewritten } = cut(before);
    const copied = (bytes: Uint8Array) =>
      [...readFields(bytes)]
        .filter(({ number }) => number !== 7)
        .map(({ bytes: content, varint }) => [content, varint]);
    expect(copied(rewritten)).toEqual(copied(before));
    const inputs = (bytes: Uint8Array) =>
      [...readFields(singleMessage(bytes, 7)!)].filter(({ number }) => number === 11).map((field) => field.bytes);
    expect(inputs(rewritten)).toEqual(inputs(before));
  });

  it('answers two maps over one tensor with one output', () => {
    const zipMap = (output: string) =>
      nodeOf({
        opType: 'ZipMap',
        domain: 'ai.onnx.ml',
        inputs: ['p'],
        outputs: [output],
        attributes: [stringsOf('classlabels_strings', ['a', 'b'])],
      });
    const nodes = [nodeOf({ opType: 'Softmax', inputs: ['x'], outputs: ['p'] }), zipMap('one'), zipMap('two')];
    const { model } = cut(
      modelOf(
        graphOf({ nodes, inputs: [valueOf('x', FLOAT, [-1, 2])], outputs: [mapValueOf('one'), mapValueOf('two')] }),
      ),
    );
    expect(model.outputs.map(({ name }) => name)).toEqual(['one']);
  });

  it('gives the scores the type that their operator makes, whatever the map declares', () => {
    const nodes = [
      nodeOf({ opType: 'TreeEnsembleClassifier', domain: 'ai.onnx.ml', inputs: ['x'], outputs: ['label', 'raw'] }),
      nodeOf({ opType: 'Identity', inputs: ['raw'], outputs: ['p'] }),
      nodeOf({
        opType: 'ZipMap',
        domain: 'ai.onnx.ml',
        inputs: ['p'],
        outputs: ['y'],
        attributes: [stringsOf('classlabels_strings', ['a', 'b'])],
      }),
    ];
    const inputs = [valueOf('x', DOUBLE, [-1, 2])];
    const outputs = [valueOf('label', STRING, [-1]), mapValueOf('y', DOUBLE)];
    const { cuts } = cut(modelOf(graphOf({ nodes, inputs, outputs })));
    expect(cuts).toMatchObject([{ output: 'y', scoresType: FLOAT }]);

    const divided = [nodeOf({ opType: 'Div', inputs: ['x', 'x'], outputs: ['p'] }), nodes[2]!];
    const { cuts: other } = cut(modelOf(graphOf({ nodes: divided, inputs, outputs: [mapValueOf('y', FLOAT)] })));
    expect(other).toMatchObject([{ output: 'y', scoresType: DOUBLE }]);
  });

  it('refuses a map of a graph input, which nothing makes', () => {
    const zipMap = nodeOf({
      opType: 'ZipMap',
      domain: 'ai.onnx.ml',
      inputs: ['x'],
      outputs: ['y'],
      attributes: [stringsOf('classlabels_strings', ['a', 'b'])],
    });
    const { refused, cuts } = cut(
      modelOf(graphOf({ nodes: [zipMap], inputs: [valueOf('x', FLOAT, [-1, 2])], outputs: [mapValueOf('y')] })),
    );
    expect([refused, cuts]).toEqual([['y'], []]);
  });
});
