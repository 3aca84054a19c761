import { elementType } from './element-type.ts';
import type { GraphLinks } from './graph-links.ts';
import type { OnnxModel, OnnxNode } from './onnx-model.ts';
import { intAttribute } from './read-node.ts';

/** Operators of ai.onnx.ml whose numbers are float32 whatever they read. */
const makesFloat: ReadonlySet<string> = new Set([
  'FeatureVectorizer',
  'LinearClassifier',
  'LinearRegressor',
  'Normalizer',
  'OneHotEncoder',
  'Scaler',
  'SVMClassifier',
  'SVMRegressor',
  'TreeEnsembleClassifier',
  'TreeEnsembleRegressor',
]);

/** Operators that give the element type of their first input. */
const keepsType: ReadonlySet<string> = new Set([
  ...['Abs', 'Add', 'Clip', 'Div', 'Exp', 'Log', 'Max', 'Mean', 'Min', 'Mul', 'Neg', 'Pow', 'Reciprocal'],
  ...['Relu', 'Sigmoid', 'Softmax', 'Sqrt', 'Sub', 'Sum', 'Tanh', 'Gemm', 'MatMul'],
  ...['ReduceL1', 'ReduceL2', 'ReduceMax', 'ReduceMean', 'ReduceMin', 'ReduceSum'],
  ...['ArrayFeatureExtractor', 'Concat', 'Flatten', 'Gather', 'Identity', 'Imputer', 'Reshape', 'Slice'],
  ...['Squeeze', 'Transpose', 'Unsqueeze'],
]);

const maxSteps = 1000;

/**
 * The element type (TensorProto.DataType) that the operators give a tensor, float or double; undefined where it is
 * another or cannot be told. What exporters declare is not always it: skl2onnx says double after float64 samples.
 */
export function actualFloatType(tensor: string, model: OnnxModel, links: GraphLinks): number | undefined {
  let current: string | undefined = tensor;
  for (let steps = 0; current !== undefined && steps < maxSteps; steps += 1) {
    const node = links.producerOf(current);
    const known = node === undefined ? originType(current, model, links) : typeMadeBy(node, current, links);
    if (known !== undefined) return known === elementType.float || known === elementType.double ? known : undefined;
    current = node === undefined ? undefined : inputOfSameType(node);
  }
  return undefined;
}

function originType(tensor: string, model: OnnxModel, links: GraphLinks): number | undefined {
  return links.constantOf(tensor)?.elementType ?? model.inputs.find(({ name }) => name === tensor)?.elementType;
}

function typeMadeBy(node: OnnxNode, output: string, links: GraphLinks): number | undefined {
  if (node.opType === 'Constant') return links.constantOf(output)?.elementType;
  if (node.opType === 'Cast') return intAttribute(node, 'to');
  // A classifier's first output is its label.
  const isLabel = node.opType.endsWith('Classifier') && node.outputs[0] === output;
  return node.domain === 'ai.onnx.ml' && makesFloat.has(node.opType) && !isLabel ? elementType.float : undefined;
}

function inputOfSameType(node: OnnxNode): string | undefined {
  const isStandard = node.domain === '' || node.domain === 'ai.onnx.ml';
  if (!isStandard) return undefined;
  if (node.opType === 'Where') return node.inputs[1];
  return keepsType.has(node.opType) ? node.inputs[0] : undefined;
}
