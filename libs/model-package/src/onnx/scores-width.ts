import { classifierLabels } from './find-classes.ts';
import type { GraphLinks } from './graph-links.ts';
import { intAttribute } from './read-node.ts';

const elementwise: ReadonlySet<string> = new Set([
  'Softmax',
  'LogSoftmax',
  'Sigmoid',
  'Normalizer',
  'Add',
  'Cast',
  'Identity',
  'Div',
  'Relu',
]);

/** How many values per row a tensor of scores really holds, where weights or class labels tell; the declared dims may lie. */
export function scoresWidth(tensor: string, links: GraphLinks): number | undefined {
  let current = tensor;
  for (let steps = 0; steps < 32; steps += 1) {
    const node = links.producerOf(current);
    if (node === undefined) return undefined;
    if (node.opType.endsWith('Classifier')) return classifierLabels(node).length || undefined;
    const weights = links.constantOf(node.inputs[1] ?? '');
    if (node.opType === 'MatMul') return weights?.dims.length === 2 ? weights.dims[1] : undefined;
    if (node.opType === 'Gemm') return weights?.dims[intAttribute(node, 'transB') === 1 ? 0 : 1];
    if (!elementwise.has(node.opType)) return undefined;
    current = node.inputs[0] ?? '';
  }
  return undefined;
}
