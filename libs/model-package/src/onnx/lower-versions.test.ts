import { describe, expect, it } from 'vitest';
import { FLOAT, graphOf, modelOf, nodeOf, valueOf } from '../testing/build-onnx.ts';
import { lowerVersions } from './lower-versions.ts';
import { readOnnx } from './read-onnx.ts';
import { noEdit, rewriteGraph } from './rewrite-graph.ts';

const graph = graphOf({
  nodes: [nodeOf({ opType: 'Neg', inputs: ['x'], outputs: ['y'] })],
  inputs: [valueOf('x', FLOAT, [2])],
  outputs: [valueOf('y', FLOAT, [2])],
});

function stamped(irVersion: number, opsets: readonly [string, number][]): Uint8Array {
  return modelOf(graph, { irVersion, opsets });
}

describe('lowerVersions', () => {
  it('reads a file stamped a little newer than the runtime as one of its time, other domains untouched', () => {
    const bytes = stamped(14, [
      ['ai.onnx.ml', 5],
      ['', 28],
    ]);

    const { versions } = lowerVersions(readOnnx(bytes));

    expect(versions).toEqual({ irVersion: 13, opset: 26 });
    expect(readOnnx(rewriteGraph(bytes, { ...noEdit, versions: versions! }))).toMatchObject({
      irVersion: 13,
      opsets: [
        { domain: 'ai.onnx.ml', version: 5 },
        { domain: '', version: 26 },
      ],
      nodes: [{ opType: 'Neg' }],
    });
  });

  it.each([
    ['the runtime knows', 13, 26],
    ['nobody knows yet', 14, 29],
    ['has an unknown header', 15, 28],
  ])('leaves a file alone that %s', (_what, irVersion, opset) => {
    const read = readOnnx(stamped(irVersion, [['', opset]]));

    expect(lowerVersions(read)).toEqual({ model: read });
  });

  it('leaves a file alone that brings functions or keeps its weights elsewhere', () => {
    const read = readOnnx(stamped(14, [['', 28]]));

    for (const special of [{ hasFunctions: true }, { externalData: [{ location: 'w', owner: 'w' }] }])
      expect(lowerVersions({ ...read, ...special }).versions).toBeUndefined();
  });
});
