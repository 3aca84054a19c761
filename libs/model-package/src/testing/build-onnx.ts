import { concatBytes, encodeBytes, encodeInt } from '../onnx/wire-write.ts';

/** Small ONNX files for tests, encoded field by field. */
export interface NodeParts {
  readonly opType: string;
  readonly inputs?: readonly string[];
  readonly outputs?: readonly string[];
  readonly domain?: string;
  readonly attributes?: readonly Uint8Array[];
}

export const FLOAT = 1;
export const INT64 = 7;
export const STRING = 8;
export const DOUBLE = 11;

export function nodeOf({ opType, inputs = [], outputs = [], domain = '', attributes = [] }: NodeParts): Uint8Array {
  return concatBytes([
    ...inputs.map((input) => encodeBytes(1, input)),
    ...outputs.map((output) => encodeBytes(2, output)),
    encodeBytes(4, opType),
    ...attributes.map((attribute) => encodeBytes(5, attribute)),
    encodeBytes(7, domain),
  ]);
}

export function stringsOf(name: string, values: readonly string[]): Uint8Array {
  return concatBytes([encodeBytes(1, name), ...values.map((value) => encodeBytes(9, value)), encodeInt(20, 8)]);
}

/** AttributeProto of one float. */
export function floatOf(name: string, value: number): Uint8Array {
  const tagged = new Uint8Array(5);
  tagged[0] = 2 * 8 + 5;
  new DataView(tagged.buffer).setFloat32(1, value, true);
  return concatBytes([encodeBytes(1, name), tagged, encodeInt(20, 1)]);
}

export function subgraphOf(name: string, graph: Uint8Array): Uint8Array {
  return concatBytes([encodeBytes(1, name), encodeBytes(6, graph), encodeInt(20, 5)]);
}

export function tensorAttributeOf(name: string, tensor: Uint8Array): Uint8Array {
  return concatBytes([encodeBytes(1, name), encodeBytes(5, tensor), encodeInt(20, 4)]);
}

export function sparseAttributeOf(name: string, values: Uint8Array): Uint8Array {
  return concatBytes([encodeBytes(1, name), encodeBytes(22, encodeBytes(1, values)), encodeInt(20, 11)]);
}

/** ValueInfoProto of a dense tensor; a dim of -1 is dynamic. */
export function valueOf(name: string, type: number, dims: readonly (number | string)[]): Uint8Array {
  const encoded = dims.map((dim) =>
    encodeBytes(1, typeof dim === 'string' ? encodeBytes(2, dim) : dim < 0 ? new Uint8Array() : encodeInt(1, dim)),
  );
  const tensor = concatBytes([encodeInt(1, type), encodeBytes(2, concatBytes(encoded))]);
  return concatBytes([encodeBytes(1, name), encodeBytes(2, encodeBytes(1, tensor))]);
}

/** ValueInfoProto of seq(map(string, tensor(type))). */
export function mapValueOf(name: string, type = FLOAT): Uint8Array {
  const map = concatBytes([encodeInt(1, STRING), encodeBytes(2, encodeBytes(1, encodeInt(1, type)))]);
  return concatBytes([encodeBytes(1, name), encodeBytes(2, encodeBytes(4, encodeBytes(1, encodeBytes(5, map))))]);
}

/** TensorProto whose values lie in another file. */
export function externalTensorOf(name: string, location: string): Uint8Array {
  const entry = concatBytes([encodeBytes(1, 'location'), encodeBytes(2, location)]);
  return concatBytes([
    encodeInt(1, 4),
    encodeInt(2, FLOAT),
    encodeBytes(8, name),
    encodeBytes(13, entry),
    encodeInt(14, 1),
  ]);
}

export interface GraphParts {
  readonly nodes?: readonly Uint8Array[];
  readonly initializers?: readonly Uint8Array[];
  readonly sparse?: readonly Uint8Array[];
  readonly inputs?: readonly Uint8Array[];
  readonly outputs?: readonly Uint8Array[];
}

export function graphOf({
  nodes = [],
  initializers = [],
  sparse = [],
  inputs = [],
  outputs = [],
}: GraphParts): Uint8Array {
  return concatBytes([
    ...nodes.map((node) => encodeBytes(1, node)),
    ...initializers.map((tensor) => encodeBytes(5, tensor)),
    ...inputs.map((value) => encodeBytes(11, value)),
    ...outputs.map((value) => encodeBytes(12, value)),
    ...sparse.map((values) => encodeBytes(15, encodeBytes(1, values))),
  ]);
}

export interface ModelParts {
  readonly irVersion?: number;
  readonly opsets?: readonly (readonly [domain: string, version: number])[];
  /** Further ModelProto fields: functions, training info. */
  readonly more?: readonly Uint8Array[];
}

export function modelOf(
  graph: Uint8Array,
  { irVersion = 8, opsets = [['', 17]], more = [] }: ModelParts = {},
): Uint8Array {
  return concatBytes([
    encodeInt(1, irVersion),
    encodeBytes(7, graph),
    ...opsets.map(([domain, version]) => encodeBytes(8, concatBytes([encodeBytes(1, domain), encodeInt(2, version)]))),
    ...more,
  ]);
}

/** x [batch, 2] → Identity → y: the smallest model that serves. */
export function identityModel(parts: GraphParts = {}, model: ModelParts = {}): Uint8Array {
  const graph = graphOf({
    ...parts,
    nodes: [nodeOf({ opType: 'Identity', inputs: ['x'], outputs: ['y'] }), ...(parts.nodes ?? [])],
    inputs: parts.inputs ?? [valueOf('x', FLOAT, ['batch', 2])],
    outputs: parts.outputs ?? [valueOf('y', FLOAT, ['batch', 2])],
  });
  return modelOf(graph, model);
}

/** A classifier that ends in ZipMap, with a subgraph that reads the probabilities too. */
export function zipMapModel(labels: readonly string[]): Uint8Array {
  const body = graphOf({ nodes: [nodeOf({ opType: 'Identity', inputs: ['probabilities'], outputs: ['inner'] })] });
  return modelOf(
    graphOf({
      nodes: [
        nodeOf({ opType: 'Softmax', inputs: ['x'], outputs: ['probabilities'] }),
        nodeOf({ opType: 'If', inputs: ['c'], outputs: ['unused'], attributes: [subgraphOf('then_branch', body)] }),
        nodeOf({ opType: 'ArgMax', inputs: ['probabilities'], outputs: ['index'] }),
        nodeOf({
          opType: 'ZipMap',
          domain: 'ai.onnx.ml',
          inputs: ['probabilities'],
          outputs: ['output_probability'],
          attributes: [stringsOf('classlabels_strings', labels)],
        }),
      ],
      inputs: [valueOf('x', FLOAT, [-1, labels.length])],
      outputs: [valueOf('index', INT64, [-1]), mapValueOf('output_probability')],
    }),
  );
}
