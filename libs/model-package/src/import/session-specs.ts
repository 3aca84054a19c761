import type { Dim, TensorSpec } from '@web-single/tensor';
import { dtypeOf, elementTypeName } from '../onnx/element-type.ts';
import type { CutZipMap } from '../onnx/cut-zip-map.ts';
import { sourceOf } from '../onnx/graph-links.ts';
import type { GraphLinks } from '../onnx/graph-links.ts';
import type { OnnxModel, OnnxValue } from '../onnx/onnx-model.ts';
import type { PackageProblem } from '../package-error.ts';

/** What the session takes and gives, in graph order, and why it cannot be used. */
export interface SessionSpecs {
  readonly inputs: readonly TensorSpec[];
  readonly outputs: readonly TensorSpec[];
  readonly problems: readonly PackageProblem[];
}

/** Reads tensor specs from the graph; cut ZipMaps give `[batch, class]`. Unbindable types and bad names are problems. */
export function sessionSpecs(
  model: OnnxModel,
  links: GraphLinks,
  cuts: readonly CutZipMap[],
  file: string,
): SessionSpecs {
  const problems: PackageProblem[] = [];
  const inputs = model.inputs.flatMap((value) => inputSpec(value, file, problems));
  const batch = inputs.find(({ dims }) => dims.length > 0 && typeof dims[0] !== 'number')?.dims[0] ?? null;
  const dropped = droppedOutputs(model, cuts);
  const outputs = model.outputs
    .filter(({ name }) => !dropped.has(name))
    .flatMap((value) => outputSpec(value, { file, problems, cuts, links, batch }));
  if (model.outputs.length === 0) problems.push({ where: file, message: `"${file}" has no outputs.` });
  problems.push(...nameProblems(model.inputs, 'input', file), ...nameProblems(model.outputs, 'output', file));
  return { inputs, outputs, problems };
}

/** Outputs of ZipMaps that another output already answers for. */
function droppedOutputs(model: OnnxModel, cuts: readonly CutZipMap[]): Set<string> {
  const kept = new Set(cuts.map(({ output }) => output));
  const zipMaps = model.nodes.filter(({ opType }) => opType === 'ZipMap').map(({ outputs }) => outputs[0] ?? '');
  return new Set(cuts.length === 0 ? [] : zipMaps.filter((name) => !kept.has(name)));
}

function inputSpec(value: OnnxValue, file: string, problems: PackageProblem[]): TensorSpec[] {
  const where = `${file} input "${value.name}"`;
  if (value.dtype === undefined) {
    problems.push({ where, message: unbindable('Input', value, file), ...bfloat16TrapOf(value) });
    return [];
  }
  if (value.dims === undefined) {
    problems.push({
      where,
      message: `Input "${value.name}" declares no shape. Re-export with a shape, dynamic dimensions by name.`,
    });
    return [];
  }
  return [{ name: value.name, dtype: value.dtype, dims: value.dims }];
}

interface OutputContext {
  readonly file: string;
  readonly problems: PackageProblem[];
  readonly cuts: readonly CutZipMap[];
  readonly links: GraphLinks;
  readonly batch: Dim;
}

function outputSpec(value: OnnxValue, { file, problems, cuts, links, batch }: OutputContext): TensorSpec[] {
  const cut = cuts.find(({ output }) => output === value.name);
  if (cut !== undefined && value.dtype === undefined) {
    const dims = cut.severalTargets ? [batch, null, null] : [batch, cut.labels.length];
    return [{ name: value.name, dtype: dtypeOf(cut.scoresType) ?? 'float32', dims }];
  }
  if (value.dtype === undefined) {
    problems.push({
      where: `${file} output "${value.name}"`,
      message: unbindable('Output', value, file),
      ...trapOf(value),
    });
    return [];
  }
  const flags = sourceOf(value.name, links)?.node.opType === 'Binarizer' && value.dims?.length === 1;
  // skl2onnx declares a multilabel's flags [batch] where the run gives [batch, label].
  const dims = flags ? [batch, cuts[0]?.labels.length ?? null] : (value.dims ?? [batch, null]);
  return [{ name: value.name, dtype: value.dtype, dims }];
}

function bfloat16TrapOf({ typeName }: OnnxValue): Pick<PackageProblem, 'trap'> {
  return typeName === 'tensor(bfloat16)' ? { trap: 'bfloat16' } : {};
}

function trapOf(output: OnnxValue): Pick<PackageProblem, 'trap'> {
  if (output.typeName.startsWith('seq(map(')) return { trap: 'map-output' };
  return output.typeName.startsWith('seq(') ? { trap: 'sequence-output' } : bfloat16TrapOf(output);
}

function unbindable(side: 'Input' | 'Output', { name, typeName, elementType }: OnnxValue, file: string): string {
  if (typeName === 'unknown') return `${side} "${name}" of "${file}" declares no type. Re-export it with types.`;
  if (typeName === 'tensor(bfloat16)')
    return `${side} "${name}" is BF16, which this runtime cannot bind. Re-export as FP32 or FP16.`;
  if (typeName.startsWith('tensor(')) {
    return `${side} "${name}" is ${elementTypeName(elementType)}, which this runtime cannot bind. Re-export as float32 or an integer type.`;
  }
  const map = typeName.startsWith('seq(map(');
  const advice = map ? 'Re-export with zipmap=False.' : 'Re-export it as a tensor.';
  const verb = side === 'Output' ? 'return' : 'take';
  return `${side} "${name}" of "${file}" has type ${typeName}, which the runtime cannot ${verb}. ${advice}`;
}

function nameProblems(values: readonly OnnxValue[], side: 'input' | 'output', file: string): PackageProblem[] {
  const names = values.map(({ name }) => name);
  const twice = new Set(names.filter((name, index) => names.indexOf(name) !== index));
  const illegal = names.filter((name) => name === '' || name === '__proto__' || name.length > 256 || hasControls(name));
  return [
    ...[...twice].map((name) => ({
      where: file,
      message: `Two ${side}s are named "${name}". Re-export with a name of its own for each.`,
    })),
    ...illegal.map((name) => ({
      where: file,
      message: `An ${side} has the illegal name ${JSON.stringify(name.slice(0, 40))}. Re-export with a plain name.`,
    })),
  ];
}

function hasControls(name: string): boolean {
  return [...name].some((character) => character < ' ');
}
