import type { GraphLinks } from './graph-links.ts';
import type { OnnxNode } from './onnx-model.ts';
import { floatsAttribute, stringAttribute } from './read-node.ts';

/** What a classifier's scores are; names lie (LinearSVC's "probabilities" are margins), operators do not. */
export interface ScoreKind {
  readonly kind: 'probabilities' | 'margins' | 'unknown';
  /** The operator that decides. */
  readonly source: string;
}

const maxNodes = 200;

/** Looks upwards from a tensor for the nearest operator that decides what its values are. */
export function scoreKind(tensor: string, links: GraphLinks): ScoreKind {
  const queue = [tensor];
  const seen = new Set<string>();
  for (let visited = 0; queue.length > 0 && visited < maxNodes; visited += 1) {
    const node = links.producerOf(queue.shift()!);
    if (node === undefined) continue;
    const kind = decide(node, links);
    if (kind !== undefined) return { kind, source: node.opType };
    for (const input of node.inputs) {
      if (!seen.has(input)) queue.push(input);
      seen.add(input);
    }
  }
  return { kind: 'unknown', source: 'graph' };
}

function decide(node: OnnxNode, links: GraphLinks): 'probabilities' | 'margins' | undefined {
  switch (node.opType) {
    case 'Softmax':
    case 'Sigmoid':
    case 'Normalizer':
    case 'Exp':
    case 'Reciprocal':
      return 'probabilities';
    case 'Div':
      return isSum(node.inputs[1] ?? '', links) ? 'probabilities' : undefined;
    case 'SVMClassifier':
      return node.attributes.has('prob_a') ? 'probabilities' : 'margins';
    case 'LinearClassifier':
      return isTransformed(node) ? 'probabilities' : 'margins';
    case 'TreeEnsembleClassifier':
      return isTransformed(node) || weighsLikeForest(node) ? 'probabilities' : 'margins';
    // Nothing after the last weights makes probabilities of their sums; logarithms are none, whatever is above.
    case 'MatMul':
    case 'Gemm':
    case 'Conv':
    case 'Log':
    case 'LogSoftmax':
      return 'margins';
    default:
      return undefined;
  }
}

/** A denominator that is the sum over classes, as it is or with zeros masked (Add). */
function isSum(tensor: string, links: GraphLinks): boolean {
  const node = links.producerOf(tensor);
  if (node === undefined) return false;
  if (['Add', 'Cast', 'Reshape'].includes(node.opType)) {
    const first = links.producerOf(node.inputs[0] ?? '');
    return first !== undefined && sums.has(first.opType);
  }
  return sums.has(node.opType);
}

const sums: ReadonlySet<string> = new Set(['ReduceSum', 'ReduceL1']);

function isTransformed(node: OnnxNode): boolean {
  const transform = stringAttribute(node, 'post_transform') ?? 'NONE';
  return transform !== 'NONE';
}

/** A forest's leaves are shares of 1: the sum over trees is a probability as it is. */
function weighsLikeForest(node: OnnxNode): boolean {
  const weights = floatsAttribute(node, 'class_weights');
  return weights.every((weight) => weight >= 0 && weight <= 1) && !node.attributes.has('base_values');
}
