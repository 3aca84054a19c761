import { actualFloatType } from './actual-type.ts';
import { elementType } from './element-type.ts';
import type { GraphLinks } from './graph-links.ts';
import type { OnnxModel, OnnxNode } from './onnx-model.ts';
import { intsAttribute, stringsAttribute } from './read-node.ts';
import type { GraphEdit } from './rewrite-graph.ts';
import { noEdit } from './rewrite-graph.ts';
import { concatBytes, encodeBytes, encodeInt, tensorOutput } from './wire-write.ts';

/** A ZipMap that was cut: the graph output now is the tensor it read, `[batch, class]` in the classes' order. */
export interface CutZipMap {
  /** Name of the graph output: kept as exported. */
  readonly output: string;
  /** Class labels; empty where the ZipMap has none (several targets). */
  readonly labels: readonly (string | bigint)[];
  /** Element type of the scores (TensorProto.DataType): float or double. */
  readonly scoresType: number;
  /** True where the tensor is [target, batch, class] and was transposed to [batch, target, class]. */
  readonly severalTargets: boolean;
}

export interface ZipMapCut {
  readonly edit: GraphEdit;
  readonly cuts: readonly CutZipMap[];
  /** Outputs that no safe rewrite is known for. */
  readonly refused: readonly string[];
}

/**
 * Plans the removal of every ZipMap that makes a graph output, since the runtime can return no maps: the tensor it
 * reads takes the output's name, so callers find the scores under the name the exporter gave. No node is added
 * (CatBoost's files import only ai.onnx.ml) but a Transpose where scikit-learn puts targets before rows.
 */
export function cutZipMap(model: OnnxModel, links: GraphLinks): ZipMapCut {
  const rename = new Map<string, string>();
  const outputs = new Map<string, Uint8Array | null>();
  const plan: Plan = { links, dropNodes: new Set(), rename, outputs, addNodes: [], cuts: [], refused: [] };
  for (const node of model.nodes) {
    if (node.opType === 'ZipMap' && node.domain === 'ai.onnx.ml') planCut(model, node, plan);
  }
  const { cuts, refused, links: _links, ...changes } = plan;
  return { edit: { ...noEdit, ...changes }, cuts, refused };
}

interface Plan {
  readonly links: GraphLinks;
  readonly dropNodes: Set<number>;
  readonly rename: Map<string, string>;
  readonly outputs: Map<string, Uint8Array | null>;
  readonly addNodes: Uint8Array[];
  readonly cuts: CutZipMap[];
  readonly refused: string[];
}

function planCut(model: OnnxModel, node: OnnxNode, plan: Plan): void {
  const output = node.outputs[0] ?? '';
  const scores = node.inputs[0] ?? '';
  const declared = model.outputs.find(({ name }) => name === output);
  if (declared === undefined) return;
  const made = model.nodes.some(({ outputs }) => outputs.includes(scores));
  const taken = plan.rename.has(scores) || model.outputs.some(({ name }) => name === scores);
  const consumed = model.nodes.some((other) => other !== node && other.inputs.includes(output));
  if (!made || consumed) {
    plan.refused.push(output);
    return;
  }
  const labels = labelsOf(node);
  const declaredType = declared.elementType === elementType.double ? elementType.double : elementType.float;
  const scoresType = actualFloatType(scores, model, plan.links) ?? declaredType;
  const severalTargets = labels.length === 0;
  plan.dropNodes.add(node.index);
  if (taken) {
    plan.outputs.set(output, null);
    const kept = plan.rename.get(scores) ?? scores;
    plan.cuts.push({ output: kept, labels, scoresType, severalTargets: false });
    return;
  }
  plan.outputs.set(output, tensorOutput(output, scoresType));
  if (severalTargets) plan.addNodes.push(transposeNode(scores, output));
  else plan.rename.set(scores, output);
  plan.cuts.push({ output, labels, scoresType, severalTargets });
}

function labelsOf(zipMap: OnnxNode): (string | bigint)[] {
  const strings = stringsAttribute(zipMap, 'classlabels_strings');
  return strings.length > 0 ? strings : intsAttribute(zipMap, 'classlabels_int64s');
}

/** NodeProto of Transpose with perm [1, 0, 2]. */
function transposeNode(input: string, output: string): Uint8Array {
  const perm = [1, 0, 2].map((axis) => encodeInt(8, axis));
  const attribute = concatBytes([encodeBytes(1, 'perm'), ...perm, encodeInt(20, 7)]);
  return concatBytes([
    encodeBytes(1, input),
    encodeBytes(2, output),
    encodeBytes(4, 'Transpose'),
    encodeBytes(5, attribute),
  ]);
}
