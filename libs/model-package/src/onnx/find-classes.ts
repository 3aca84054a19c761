import type { CategoryValue } from '@web-single/signature';
import type { CutZipMap } from './cut-zip-map.ts';
import type { GraphLinks } from './graph-links.ts';
import { sourceOf } from './graph-links.ts';
import type { OnnxModel, OnnxNode, OnnxValue } from './onnx-model.ts';
import { intsAttribute, stringsAttribute } from './read-node.ts';
import { smallTensorValues } from './read-tensor.ts';

/** The class labels of a graph's label output, in the order of its scores, in their own type. */
export interface FoundClasses {
  readonly labels: readonly CategoryValue[];
  /** Graph output that holds one label per row, undefined where the graph has only scores. */
  readonly labelOutput?: string;
  /** Graph output that holds a score per label. */
  readonly scoresOutput?: string;
  /** The node that states the labels: `ZipMap`, `TreeEnsembleClassifier`. */
  readonly source: string;
}

const classifiers: ReadonlySet<string> = new Set(['LinearClassifier', 'TreeEnsembleClassifier', 'SVMClassifier']);

/** What makes a label per target or a row of 0/1 flags, never one label per row. */
const severalLabels: ReadonlySet<string> = new Set(['Binarizer', 'Clip', 'Concat', 'Greater', 'GreaterOrEqual']);

/** Finds the labels of a single-label classifier, or undefined: regressors, clusterings, multilabel, several targets. */
export function findClasses(model: OnnxModel, links: GraphLinks, cuts: readonly CutZipMap[]): FoundClasses | undefined {
  const labelOutput = model.outputs.find((output) => isLabel(output, links));
  const cut = cuts.find(({ labels }) => labels.length > 0);
  if (cut !== undefined) {
    const labels = asCategories(cut.labels);
    const severalTargets = labelOutput === undefined && model.outputs.some((output) => isDiscrete(output));
    if (labels === undefined || severalTargets) return undefined;
    return {
      labels,
      scoresOutput: cut.output,
      source: 'ZipMap',
      ...(labelOutput && { labelOutput: labelOutput.name }),
    };
  }
  if (labelOutput === undefined) return undefined;
  const stated = statedLabels(labelOutput.name, links);
  const labels = stated && asCategories(stated.labels);
  if (stated === undefined || labels === undefined || labels.length === 0) return undefined;
  const scores = model.outputs.find((output) => isScoresOf(output, labels.length, stated.node, links));
  return {
    labels,
    labelOutput: labelOutput.name,
    source: stated.node.opType,
    ...(scores && { scoresOutput: scores.name }),
  };
}

function isDiscrete({ dtype }: OnnxValue): boolean {
  return dtype === 'string' || dtype === 'int64' || dtype === 'int32';
}

/** One string or integer per row: [batch] or [batch, 1] (QDA: [1, batch]), not made by what answers several labels. */
function isLabel(output: OnnxValue, links: GraphLinks): boolean {
  if (!isDiscrete(output)) return false;
  const [first, second, ...more] = output.dims ?? [];
  const transposed = first === 1 && typeof second !== 'number';
  if (more.length > 0 || (second !== undefined && second !== 1 && !transposed)) return false;
  return !severalLabels.has(sourceOf(output.name, links)?.node.opType ?? '');
}

/** Labels in the classifier node, or in the constant that an index (ArgMax) picks from. */
function statedLabels(output: string, links: GraphLinks): { labels: (string | bigint)[]; node: OnnxNode } | undefined {
  const source = sourceOf(output, links);
  if (source === undefined) return undefined;
  const { node } = source;
  if (classifiers.has(node.opType)) return { labels: classifierLabels(node), node };
  if (node.opType !== 'ArrayFeatureExtractor' && node.opType !== 'Gather') return undefined;
  const classes = classesBehind(node.inputs[0] ?? '', links);
  const index = sourceOf(node.inputs[1] ?? '', links);
  return classes === undefined || index?.node.opType !== 'ArgMax' ? undefined : { labels: classes, node };
}

function classesBehind(tensor: string, links: GraphLinks): (string | bigint)[] | undefined {
  const producer = links.producerOf(tensor);
  const origin = producer?.opType === 'Cast' || producer?.opType === 'Identity' ? (producer.inputs[0] ?? '') : tensor;
  const constant = links.constantOf(origin);
  return constant === undefined ? undefined : smallTensorValues(constant);
}

/** Labels that a classifier node states; empty where it states none. */
export function classifierLabels(node: OnnxNode): (string | bigint)[] {
  const strings = stringsAttribute(node, 'classlabels_strings');
  if (strings.length > 0) return strings;
  const ints = intsAttribute(node, 'classlabels_int64s');
  return ints.length > 0 ? ints : intsAttribute(node, 'classlabels_ints');
}

/** A float output of that width; where no width is declared, one that comes from the same classifier. */
function isScoresOf(output: OnnxValue, width: number, classifier: OnnxNode, links: GraphLinks): boolean {
  if (output.dtype !== 'float32' && output.dtype !== 'float64') return false;
  const declared = output.dims?.length === 2 ? output.dims[1] : undefined;
  if (typeof declared === 'number') return declared === width;
  return output.dims?.length !== 1 && sourceOf(output.name, links)?.node === classifier;
}

/** int64 labels become numbers; undefined where one has no exact number. */
function asCategories(labels: readonly (string | bigint)[]): CategoryValue[] | undefined {
  const values = labels.map((label) => (typeof label === 'bigint' ? Number(label) : label));
  return values.every((value) => typeof value === 'string' || Number.isSafeInteger(value)) ? values : undefined;
}
