import type { OnnxModel, OnnxNode, OnnxTensor } from './onnx-model.ts';
import { tensorAttribute } from './read-node.ts';
import { readTensor } from './read-tensor.ts';

/** Which node makes which tensor of the main graph, and what its constants are. */
export interface GraphLinks {
  producerOf(tensor: string): OnnxNode | undefined;
  /** The initializer or Constant behind a tensor. */
  constantOf(tensor: string): OnnxTensor | undefined;
}

/** Indexes a graph's nodes by the tensors they make. */
export function linkGraph(model: OnnxModel): GraphLinks {
  const producers = new Map<string, OnnxNode>();
  for (const node of model.nodes) for (const output of node.outputs) if (output !== '') producers.set(output, node);
  return {
    producerOf: (tensor) => producers.get(tensor),
    constantOf: (tensor) => model.initializers.get(tensor) ?? constantNode(producers.get(tensor)),
  };
}

function constantNode(node: OnnxNode | undefined): OnnxTensor | undefined {
  if (node?.opType !== 'Constant') return undefined;
  const value = tensorAttribute(node, 'value');
  return value === undefined ? undefined : readTensor(value);
}

/** Operators of one data input that hand on the same values. */
const passThrough: ReadonlySet<string> = new Set([
  'Identity',
  'Cast',
  'CastLike',
  'Reshape',
  'Flatten',
  'Squeeze',
  'Unsqueeze',
  'Dropout',
]);

/** The first node at or above a tensor that does more than hand values on. */
export function sourceOf(tensor: string, links: GraphLinks): { node: OnnxNode; output: string } | undefined {
  let output = tensor;
  for (let steps = 0; steps < 64; steps += 1) {
    const node = links.producerOf(output);
    if (node === undefined) return undefined;
    if (!passThrough.has(node.opType)) return { node, output };
    output = node.inputs[0] ?? '';
  }
  return undefined;
}
