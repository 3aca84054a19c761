import { actualFloatType } from './actual-type.ts';
import { elementType } from './element-type.ts';
import { linkGraph } from './graph-links.ts';
import type { OnnxModel, OnnxNode } from './onnx-model.ts';
import { intAttribute } from './read-node.ts';
import { readOnnx } from './read-onnx.ts';
import { noEdit, rewriteGraph } from './rewrite-graph.ts';
import { tensorOutput } from './wire-write.ts';

/** An input `[batch, columns]` that holds these inputs of the whole graph, in order. */
export interface ColumnBlock {
  readonly name: string;
  readonly dtype: 'float32' | 'float64';
  readonly columns: readonly string[];
}

/**
 * A graph of one-value columns cut in two: what it makes of its text columns alone, and the rest. A text column takes few
 * values, so the first part is run once for each; and the runtime takes most of a small run's time for binding inputs.
 */
export interface SplitGraph {
  /** The text columns `[batch, 1]` → float32 `[batch, …]`. Absent where the graph takes no text. */
  readonly text?: {
    /** ModelProto bytes. */
    readonly model: Uint8Array;
    readonly inputs: readonly string[];
    readonly outputs: readonly string[];
  };
  /** What the text part gives, the blocks and the other columns → the outputs of the whole graph. */
  readonly rest: {
    /** ModelProto bytes. */
    readonly model: Uint8Array;
    readonly blocks: readonly ColumnBlock[];
    /** Inputs of the whole graph that stay what they are, `[batch, 1]`. */
    readonly columns: readonly string[];
  };
}

/** Beyond, a run takes so long that its inputs do not matter, and two more copies are not worth their memory. */
const mostBytes = 2 ** 22;

/** Take other graphs in, which may read tensors of this one, or give something else each time. */
const refusedOperators = /^(If|Loop|Scan|SequenceMap|Bernoulli|Multinomial|Random.*)$/;

/** Splits a graph that `readOnnx` accepts, every node kept as it is. Undefined where that is not sure to be the same, or not worth it. */
export function splitGraph(bytes: Uint8Array): SplitGraph | undefined {
  if (bytes.length > mostBytes) return undefined;
  const model = readOnnx(bytes);
  if (!isOfColumns(model)) return undefined;
  const sides = sidesOf(model);
  const crossing = crossingTensors(model, sides);
  if (crossing === undefined) return undefined;
  const joins = model.nodes.flatMap((node) => joinedColumns(node, model));
  if (crossing.length === 0 && joins.length === 0) return undefined;
  const texts = model.inputs.filter(({ dtype }) => dtype === 'string').map(({ name }) => name);
  const text = { model: textPart(bytes, model, sides, crossing), inputs: texts, outputs: crossing };
  return { ...(crossing.length > 0 && { text }), rest: restPart(bytes, model, { sides, crossing, joins }) };
}

function isOfColumns({ inputs, nodes, externalData, hasFunctions }: OnnxModel): boolean {
  const isPlain = ({ opType, domain }: OnnxNode): boolean =>
    (domain === '' || domain === 'ai.onnx.ml') && !refusedOperators.test(opType);
  return (
    inputs.length > 1 &&
    inputs.every(({ dtype, dims }) => dtype !== undefined && isColumn(dims ?? [])) &&
    nodes.every(isPlain) &&
    externalData.length === 0 &&
    !hasFunctions
  );
}

const isColumn = (dims: readonly unknown[]): boolean =>
  dims.length === 2 && typeof dims[0] !== 'number' && dims[1] === 1;

/** What a tensor depends on: on no input, on text alone, or on others. */
type Side = 'constant' | 'text' | 'number';

/** By tensor. Nodes stand in topological order (ONNX IR). */
function sidesOf(model: OnnxModel): ReadonlyMap<string, Side> {
  const sides = new Map<string, Side>();
  for (const { name, dtype } of model.inputs) sides.set(name, dtype === 'string' ? 'text' : 'number');
  for (const { inputs, outputs } of model.nodes) {
    const read = inputs.map((name) => sides.get(name) ?? 'constant');
    const side = read.includes('number') ? 'number' : read.includes('text') ? 'text' : 'constant';
    for (const output of outputs) sides.set(output, side);
  }
  return sides;
}

/** Tensors that the rest reads and the text part makes. Undefined where one is not float32, or is an input or output itself. */
function crossingTensors(model: OnnxModel, sides: ReadonlyMap<string, Side>): readonly string[] | undefined {
  if (model.outputs.some(({ name }) => sides.get(name) !== 'number')) return undefined;
  const readers = model.nodes.filter(({ outputs }) => sides.get(outputs[0] ?? '') === 'number');
  const read = readers.flatMap(({ inputs }) => inputs.filter((name) => sides.get(name) === 'text'));
  const crossing = [...new Set(read)];
  const links = linkGraph(model);
  const isFloat = (name: string): boolean =>
    links.producerOf(name) !== undefined && actualFloatType(name, model, links) === elementType.float;
  return crossing.every(isFloat) ? crossing : undefined;
}

/** The block that takes the place of a Concat of nothing but inputs, side by side, that nobody else reads. */
function joinedColumns(node: OnnxNode, { inputs, nodes, outputs }: OnnxModel): ColumnBlock[] {
  const [name = ''] = node.outputs;
  const axis = intAttribute(node, 'axis');
  const columns = node.inputs;
  const [dtype, ...others] = new Set(columns.map((column) => inputs.find((input) => input.name === column)?.dtype));
  const isRead = columns.some((column) => nodes.some((other) => other !== node && other.inputs.includes(column)));
  const isUnique = new Set(columns).size === columns.length && !outputs.some((output) => output.name === name);
  if (node.opType !== 'Concat' || (axis !== 1 && axis !== -1) || others.length > 0 || isRead || !isUnique) return [];
  return dtype === 'float32' || dtype === 'float64' ? [{ name, dtype, columns }] : [];
}

function textPart(
  bytes: Uint8Array,
  model: OnnxModel,
  sides: ReadonlyMap<string, Side>,
  crossing: readonly string[],
): Uint8Array {
  return rewriteGraph(bytes, {
    ...noEdit,
    dropNodes: nodesWhere(model, ({ outputs }) => sides.get(outputs[0] ?? '') === 'number'),
    dropInputs: new Set(model.inputs.filter(({ dtype }) => dtype !== 'string').map(({ name }) => name)),
    outputs: new Map(model.outputs.map(({ name }) => [name, null])),
    addOutputs: declared(crossing.map((name) => ({ name, dtype: 'float32' }))),
  });
}

interface Cut {
  readonly sides: ReadonlyMap<string, Side>;
  readonly crossing: readonly string[];
  readonly joins: readonly ColumnBlock[];
}

function restPart(bytes: Uint8Array, model: OnnxModel, { sides, crossing, joins }: Cut): SplitGraph['rest'] {
  const made = new Set(joins.map(({ name }) => name));
  const joined = new Set(joins.flatMap(({ columns }) => columns));
  const [texts, others] = [true, false].map((isText) =>
    model.inputs.filter(({ dtype }) => (dtype === 'string') === isText).map(({ name }) => name),
  ) as [string[], string[]];
  const edited = rewriteGraph(bytes, {
    ...noEdit,
    dropNodes: nodesWhere(model, ({ outputs: [name = ''] }) => sides.get(name) === 'text' || made.has(name)),
    dropInputs: new Set([...joined, ...texts]),
    addInputs: declared([...crossing.map((name) => ({ name, dtype: 'float32' as const })), ...joins]),
  });
  return { model: edited, blocks: joins, columns: others.filter((name) => !joined.has(name)) };
}

const nodesWhere = ({ nodes }: OnnxModel, isWanted: (node: OnnxNode) => boolean): ReadonlySet<number> =>
  new Set(nodes.filter(isWanted).map(({ index }) => index));

const declared = (tensors: readonly Pick<ColumnBlock, 'name' | 'dtype'>[]): ReadonlyMap<string, Uint8Array> =>
  new Map(
    tensors.map(({ name, dtype }) => [
      name,
      tensorOutput(name, dtype === 'float32' ? elementType.float : elementType.double),
    ]),
  );
