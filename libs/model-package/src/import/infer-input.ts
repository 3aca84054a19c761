import type { StepSpec } from '@web-single/preprocessing';
import type { InputField } from '@web-single/signature';
import type { TensorSpec } from '@web-single/tensor';
import type { Fact } from '../model-package.ts';
import { findCategories, findImputed } from '../onnx/find-categories.ts';
import type { FoundCategories } from '../onnx/find-categories.ts';
import type { PackageProblem } from '../package-error.ts';
import { rowDims } from './batch-rule.ts';
import { summarizeField } from './summarize-field.ts';
import type { GraphContext } from './graph-context.ts';
import { inputField } from './infer-fields.ts';

export interface InferredInput {
  readonly fields: Readonly<Record<string, InputField>>;
  readonly bareInput?: string;
  readonly before: readonly StepSpec[];
  readonly facts: readonly Fact[];
  readonly problems: readonly PackageProblem[];
}

/** Makes each session input a field; `--columns` splits the one matrix into named numbers and packs them again. */
export function inferInput(context: GraphContext): InferredInput {
  const { specs, file, model, links, options } = context;
  const imputed = findImputed(model, links);
  if (options.columns !== undefined) return namedColumns(context, options.columns, imputed);
  const categories = findCategories(model, links);
  const fields = Object.fromEntries(
    specs.inputs.map((spec) => {
      const field = inputField(spec, categories.get(spec.name));
      return [spec.name, field.type === 'number' && imputed.has(spec.name) ? { ...field, optional: true } : field];
    }),
  );
  const [only] = specs.inputs;
  return {
    fields,
    ...(specs.inputs.length === 1 && only !== undefined ? { bareInput: only.name } : {}),
    before: [],
    facts: specs.inputs.map((spec) => fieldFact(spec, fields[spec.name]!, categories.get(spec.name), file)),
    problems: [],
  };
}

function fieldFact(spec: TensorSpec, field: InputField, categories: FoundCategories | undefined, file: string): Fact {
  const source =
    categories === undefined ? `${file} graph input "${spec.name}"` : `${file} node "${categories.source}"`;
  return { about: `signature.input.${spec.name}`, value: summarizeField(field), source, confidence: 'read' };
}

function namedColumns(
  { specs: { inputs }, file }: GraphContext,
  columns: readonly string[],
  imputed: ReadonlySet<string>,
): InferredInput {
  const problem = columnsProblem(inputs, columns);
  const [matrix] = inputs;
  if (problem !== undefined || matrix === undefined) {
    return {
      fields: {},
      before: [],
      facts: [],
      problems: [{ where: file, message: problem ?? 'There is no input to name columns of.' }],
    };
  }
  const dtype = matrix.dtype === 'float64' ? 'float64' : 'float32';
  const optional = imputed.has(matrix.name) ? { optional: true } : {};
  const fields = Object.fromEntries(
    columns.map((name): [string, InputField] => [name, { type: 'number', dtype, ...optional }]),
  );
  const before = [
    { step: 'pack-columns', fields: [...columns], as: matrix.name, ...(dtype === 'float64' && { dtype }) },
  ];
  const facts = columns.map((name, index) => ({
    about: `signature.input.${name}`,
    value: `${summarizeField(fields[name]!)}, column ${index} of "${matrix.name}"`,
    source: '--columns',
    confidence: 'stated' as const,
  }));
  return { fields, before, facts, problems: [] };
}

function columnsProblem(inputs: readonly TensorSpec[], columns: readonly string[]): string | undefined {
  const [matrix, another] = inputs;
  if (matrix === undefined) return undefined;
  if (another !== undefined)
    return `--columns names the columns of one matrix, but the model has ${inputs.length} inputs, named already: ${inputs.map(({ name }) => name).join(', ')}.`;
  const dims = rowDims(matrix.dims);
  const width = dims.length === 1 ? dims[0] : undefined;
  if (width === undefined)
    return `--columns needs an input [batch, columns]; input "${matrix.name}" is [${matrix.dims.join(', ')}].`;
  if (typeof width === 'number' && width !== columns.length) {
    return `--columns names ${columns.length} columns, input "${matrix.name}" has ${width}.`;
  }
  if (matrix.dtype !== 'float32' && matrix.dtype !== 'float64') {
    return `--columns names columns of float32 or float64 numbers; input "${matrix.name}" is ${matrix.dtype}. Send it as an array, or write a model.yaml.`;
  }
  const bad = columns.find((name, index) => name === '' || name === '__proto__' || columns.indexOf(name) !== index);
  return bad === undefined ? undefined : `--columns names "${bad}" twice or gives it no legal name.`;
}
