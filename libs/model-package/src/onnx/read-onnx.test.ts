import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { importGraph } from '../import/import-graph.ts';
import {
  externalTensorOf,
  FLOAT,
  graphOf,
  identityModel,
  mapValueOf,
  modelOf,
  nodeOf,
  sparseAttributeOf,
  subgraphOf,
  tensorAttributeOf,
  valueOf,
  zipMapModel,
} from '../testing/build-onnx.ts';
import { fixtures } from '../testing/temporary-folder.ts';
import { OnnxFormatError } from './onnx-format-error.ts';
import { readOnnx } from './read-onnx.ts';
import { concatBytes, encodeBytes, encodeInt } from './wire-write.ts';

describe('readOnnx', () => {
  it('reads names, types and dims of inputs and outputs', () => {
    const model = readOnnx(zipMapModel(['a', 'b']));
    expect(model.inputs).toEqual([
      { name: 'x', typeName: 'tensor(float)', elementType: 1, dtype: 'float32', dims: [null, 2] },
    ]);
    expect(model.outputs.map(({ name, typeName }) => [name, typeName])).toEqual([
      ['index', 'tensor(int64)'],
      ['output_probability', 'seq(map(string,tensor(float)))'],
    ]);
  });

  it('does not count an initializer that is listed as an input', () => {
    const weight = concatBytes([encodeInt(1, 2), encodeInt(2, FLOAT), encodeBytes(8, 'w')]);
    const model = readOnnx(
      identityModel({ inputs: [valueOf('x', FLOAT, ['n', 2]), valueOf('w', FLOAT, [2])], initializers: [weight] }),
    );
    expect(model.inputs.map(({ name }) => name)).toEqual(['x']);
  });

  it('finds external data and operators in every place a graph can hide them', () => {
    const inner = graphOf({
      nodes: [nodeOf({ opType: 'Odd', domain: 'com.acme' })],
      initializers: [externalTensorOf('w', 'loop.bin')],
    });
    const hidden = [
      nodeOf({ opType: 'Constant', attributes: [tensorAttributeOf('value', externalTensorOf('', 'constant.bin'))] }),
      nodeOf({
        opType: 'Constant',
        attributes: [sparseAttributeOf('sparse_value', externalTensorOf('', 'sparse-constant.bin'))],
      }),
      nodeOf({ opType: 'Loop', attributes: [subgraphOf('body', inner)] }),
    ];
    const constant = nodeOf({
      opType: 'Constant',
      attributes: [tensorAttributeOf('value', externalTensorOf('', 'function.bin'))],
    });
    const functionProto = concatBytes([encodeBytes(1, 'f'), encodeBytes(7, constant), encodeBytes(10, 'local')]);
    const training = encodeBytes(1, graphOf({ initializers: [externalTensorOf('t', 'training.bin')] }));
    const model = readOnnx(
      identityModel(
        {
          nodes: hidden,
          initializers: [externalTensorOf('w', 'initializer.bin')],
          sparse: [externalTensorOf('s', 'sparse.bin')],
        },
        { more: [encodeBytes(25, functionProto), encodeBytes(20, training)] },
      ),
    );
    expect(model.externalData.map(({ location }) => location).sort()).toEqual(
      [
        'constant.bin',
        'function.bin',
        'initializer.bin',
        'loop.bin',
        'sparse-constant.bin',
        'sparse.bin',
        'training.bin',
      ].sort(),
    );
    expect(model.operators).toContainEqual({ domain: 'com.acme', opType: 'Odd' });
  });

  it('refuses subgraphs nested without end, and a second graph that would be merged into the first', () => {
    let graph = graphOf({});
    for (let depth = 0; depth < 200; depth += 1)
      graph = graphOf({ nodes: [nodeOf({ opType: 'If', attributes: [subgraphOf('then_branch', graph)] })] });
    expect(() => readOnnx(modelOf(graph))).toThrow('nested too deeply');
    expect(() => readOnnx(identityModel({}, { more: [encodeBytes(7, graphOf({}))] }))).toThrow('appears twice');
  });

  it('refuses a length behind the end of the file without allocating for it', () => {
    const claim = Uint8Array.from([0x3a, 0xff, 0xff, 0xff, 0xff, 0x0f]);
    expect(() => readOnnx(claim)).toThrow('truncated');
  });

  it('never fails with anything but OnnxFormatError on mutated files', async () => {
    const files = ['knn-string', 'frame-ordinal', 'forest-multi-output', 'tfidf', 'identity'];
    const models = await Promise.all(files.map((file) => readFile(`${fixtures}${file}.onnx`)));
    const mutation = fc.array(fc.tuple(fc.nat(), fc.nat({ max: 255 })), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(fc.constantFrom(...models), mutation, fc.nat({ max: 40 }), (model, changes, cut) => {
        const bytes = Uint8Array.from(model.subarray(0, Math.max(1, model.length - cut)));
        for (const [at, value] of changes) bytes[at % bytes.length] = value;
        try {
          importGraph(readOnnx(bytes), bytes, 'model.onnx', {});
        } catch (error) {
          expect(error).toBeInstanceOf(OnnxFormatError);
        }
      }),
      { numRuns: 1500, seed: 7 },
    );
  });

  it('names sequences and maps as ONNX does', () => {
    const model = readOnnx(identityModel({ outputs: [mapValueOf('y')] }));
    expect(model.outputs[0]).toMatchObject({ typeName: 'seq(map(string,tensor(float)))', elementType: 1 });
    expect(model.outputs[0]).not.toHaveProperty('dtype');
  });
});
