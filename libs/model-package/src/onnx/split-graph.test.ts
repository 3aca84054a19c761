import { describe, expect, it } from 'vitest';
import {
  DOUBLE,
  FLOAT,
  graphOf,
  INT64,
  modelOf,
  nodeOf,
  STRING,
  stringsOf,
  subgraphOf,
  valueOf,
} from '../testing/build-onnx.ts';
import type { NodeParts } from '../testing/build-onnx.ts';
import { readOnnx } from './read-onnx.ts';
import { splitGraph } from './split-graph.ts';
import { concatBytes, encodeBytes, encodeInt } from './wire-write.ts';

const column = (name: string, type: number): Uint8Array => valueOf(name, type, ['batch', 1]);
const axis = (at: number): Uint8Array => concatBytes([encodeBytes(1, 'axis'), encodeInt(3, at), encodeInt(20, 2)]);
const concat = (inputs: readonly string[], output: string): NodeParts => ({
  opType: 'Concat',
  inputs,
  outputs: [output],
  attributes: [axis(1)],
});
const encode = (input: string, output: string): NodeParts => ({
  opType: 'OneHotEncoder',
  domain: 'ai.onnx.ml',
  inputs: [input],
  outputs: [output],
  attributes: [stringsOf('cats_strings', ['a', 'b'])],
});

const usual = [concat(['length', 'width'], 'measured'), encode('city', 'hot'), concat(['measured', 'hot'], 'y')];

interface Changes {
  readonly nodes?: readonly NodeParts[];
  readonly inputs?: readonly Uint8Array[];
  readonly outputs?: readonly Uint8Array[];
}

const graph = ({ nodes = usual, inputs, outputs }: Changes = {}): Uint8Array =>
  modelOf(
    graphOf({
      nodes: nodes.map(nodeOf),
      inputs: inputs ?? [column('length', FLOAT), column('city', STRING), column('width', FLOAT)],
      outputs: outputs ?? [valueOf('y', FLOAT, ['batch', 4])],
    }),
  );

const namesOf = (model: Uint8Array) => {
  const { inputs, outputs, nodes } = readOnnx(model);
  const named = (values: readonly { readonly name: string }[]) => values.map(({ name }) => name);
  return { inputs: named(inputs), outputs: named(outputs), nodes: nodes.map((node) => node.outputs[0]) };
};

describe('splitGraph', () => {
  it('puts what depends on text alone into one part, and joined columns into one input of the other', () => {
    const split = splitGraph(graph())!;

    expect(split.text).toMatchObject({ inputs: ['city'], outputs: ['hot'] });
    expect(namesOf(split.text!.model)).toEqual({ inputs: ['city'], outputs: ['hot'], nodes: ['hot'] });
    expect(split.rest).toMatchObject({
      blocks: [{ name: 'measured', dtype: 'float32', columns: ['length', 'width'] }],
      columns: [],
    });
    expect(namesOf(split.rest.model)).toEqual({ inputs: ['hot', 'measured'], outputs: ['y'], nodes: ['y'] });
  });

  it('has no text part where there is no text', () => {
    const inputs = [column('length', DOUBLE), column('width', DOUBLE)];

    const split = splitGraph(
      graph({ nodes: [concat(['width', 'length'], 'm'), { opType: 'Neg', inputs: ['m'], outputs: ['y'] }], inputs }),
    );

    expect(split?.text).toBeUndefined();
    expect(split?.rest.blocks).toEqual([{ name: 'm', dtype: 'float64', columns: ['width', 'length'] }]);
  });

  it('leaves a column alone that more than the join reads', () => {
    const nodes = [...usual.slice(0, 2), concat(['measured', 'hot', 'width'], 'y')];

    expect(splitGraph(graph({ nodes }))?.rest).toMatchObject({ blocks: [], columns: ['length', 'width'] });
  });

  const odd: readonly (readonly [string, Changes])[] = [
    [
      'a text is read where numbers are',
      { nodes: [...usual, { opType: 'Where', inputs: ['measured', 'city'], outputs: ['z'] }] },
    ],
    ['an output depends on text alone', { outputs: [valueOf('hot', FLOAT, ['batch', 2])] }],
    [
      'an input is no column',
      { inputs: [valueOf('length', FLOAT, ['batch', 2]), column('city', STRING), column('width', FLOAT)] },
    ],
    ['the batch is fixed', { inputs: ['length', 'city', 'width'].map((name) => valueOf(name, FLOAT, [1, 1])) }],
    [
      'numbers of other types are joined, and no text is there',
      { inputs: ['length', 'city', 'width'].map((name) => column(name, INT64)) },
    ],
    [
      'what crosses is not known to be a float',
      { nodes: [usual[0]!, { opType: 'Unknown', inputs: ['city'], outputs: ['hot'] }, usual[2]!] },
    ],
    [
      'an operator is foreign',
      { nodes: [...usual, { opType: 'Neg', domain: 'com.example', inputs: ['y'], outputs: ['z'] }] },
    ],
    ['an operator is random', { nodes: [...usual, { opType: 'RandomNormalLike', inputs: ['y'], outputs: ['z'] }] }],
    [
      'a subgraph may read anything',
      {
        nodes: [
          ...usual,
          { opType: 'If', inputs: ['y'], outputs: ['z'], attributes: [subgraphOf('then_branch', graphOf({}))] },
        ],
      },
    ],
  ];
  it.each(odd)('leaves a graph whole where %s', (_, changes) => {
    expect(splitGraph(graph(changes))).toBeUndefined();
  });
});
