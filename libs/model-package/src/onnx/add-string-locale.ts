import type { OnnxModel } from './onnx-model.ts';
import { stringAttribute } from './read-node.ts';
import type { GraphEdit } from './rewrite-graph.ts';
import { noEdit } from './rewrite-graph.ts';
import { concatBytes, encodeBytes, encodeInt } from './wire-write.ts';

const locale = 'C.UTF-8';

/**
 * Plans `locale = C.UTF-8` for every StringNormalizer without one: the runtime would ask for en_US.UTF-8, which slim
 * images lack ("Failed to construct locale"). Same result on our samples; plain `C` would leave É upper case.
 */
export function addStringLocale(model: OnnxModel): GraphEdit {
  const nodes = model.nodes.filter((node) => node.opType === 'StringNormalizer' && !stringAttribute(node, 'locale'));
  const attribute = concatBytes([encodeBytes(1, 'locale'), encodeBytes(4, locale), encodeInt(20, 3)]);
  return { ...noEdit, addAttributes: new Map(nodes.map(({ index }) => [index, attribute])) };
}
