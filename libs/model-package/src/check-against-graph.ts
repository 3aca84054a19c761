import type { StepSpec } from '@web-single/preprocessing';
import type { InputField, OutputField, Signature } from '@web-single/signature';
import { nearestName } from '@web-single/tensor';
import type { TensorSpec } from '@web-single/tensor';
import { rowDims } from './import/batch-rule.ts';
import type { ImportedGraph } from './import/import-graph.ts';
import { checkColumns } from './check-columns.ts';
import type { PackageProblem } from './package-error.ts';
import { namesIn } from './step-names.ts';

/** What a manifest declares, as far as the graph can contradict it. */
export interface Declared {
  readonly signature: Signature;
  readonly before: readonly StepSpec[];
  readonly after: readonly StepSpec[];
}

/** Checks that the declared signature and steps can feed the session and use what it gives. */
export function checkAgainstGraph(declared: Declared, graph: ImportedGraph, file: string): PackageProblem[] {
  return [
    ...checkInputs(declared, graph.sessionInputs, file),
    ...checkColumns(declared.signature.input, declared.before, graph.sessionInputs, file),
    ...checkOutputs(declared, graph.sessionOutputs, file),
    ...checkScores(declared.signature.output),
    ...declared.after.flatMap((step, index) => checkLabels(step, index, declared, graph)),
  ];
}

function checkInputs({ signature, before }: Declared, inputs: readonly TensorSpec[], file: string): PackageProblem[] {
  const mentioned = namesIn(before);
  const sessionNames = inputs.map(({ name }) => name);
  const unfed = inputs.filter(({ name }) => !Object.hasOwn(signature.input, name) && !mentioned.has(name));
  const unused = Object.keys(signature.input).filter((name) => !sessionNames.includes(name) && !mentioned.has(name));
  return [
    ...unfed.map(({ name }) => ({
      where: 'model.yaml /signature/input',
      message: `Nothing gives session input "${name}" of "${file}" a value: expected a field of that name, or a step in "before" that makes it.`,
    })),
    ...unused.map((name) => ({
      where: `model.yaml /signature/input/${name}`,
      message: `Neither "${file}" nor a step in "before" takes "${name}"${meant(name, sessionNames)}; its inputs are ${quoted(sessionNames)}.`,
    })),
    ...inputs.flatMap((spec) => {
      const field = signature.input[spec.name];
      const fits = field === undefined || mentioned.has(spec.name) || fitsInput(field, spec);
      return fits ? [] : [typeProblem(`model.yaml /signature/input/${spec.name}`, field, spec, file)];
    }),
  ];
}

function checkOutputs({ signature, after }: Declared, outputs: readonly TensorSpec[], file: string): PackageProblem[] {
  const made = new Set([...namesIn(after), ...after.flatMap(classifyNames)]);
  const sessionNames = outputs.map(({ name }) => name);
  return Object.entries(signature.output).flatMap(([name, field]) => {
    const where = `model.yaml /signature/output/${name}`;
    if (made.has(name)) return [];
    const spec = outputs.find((output) => output.name === name);
    if (spec !== undefined) return fitsOutput(field, spec) ? [] : [typeProblem(where, field, spec, file)];
    const message = `Neither "${file}" nor a step in "after" gives "${name}"${meant(name, sessionNames)}; its outputs are ${quoted(sessionNames)}.`;
    return [{ where, message }];
  });
}

/** Scores are keyed by the values of an output, so that one has to be a category. */
function checkScores(output: Signature['output']): PackageProblem[] {
  const categories = Object.keys(output).filter((name) => output[name]?.type === 'category');
  return Object.entries(output).flatMap(([name, field]) => {
    if (field.type !== 'scores' || categories.includes(field.of)) return [];
    const choice = categories.length === 0 ? 'there is none' : `there are ${quoted(categories)}`;
    const message = `Expected the name of an output of type category, got "${field.of}"${meant(field.of, categories)}; ${choice}.`;
    return [{ where: `model.yaml /signature/output/${name}/of`, message }];
  });
}

/** `labels` of a classify step against the width of the scores and the values of the label it makes. */
function checkLabels(
  step: StepSpec,
  index: number,
  { signature, after }: Declared,
  graph: ImportedGraph,
): PackageProblem[] {
  if (step.step !== 'classify' || !Array.isArray(step['labels'])) return [];
  const where = `model.yaml /after/${index}`;
  const labels: readonly unknown[] = step['labels'];
  const problems: PackageProblem[] = [];
  const madeBefore = namesIn(after.slice(0, index));
  const names = graph.sessionOutputs.map(({ name }) => name);
  for (const parameter of ['from', 'label']) {
    const name = step[parameter];
    if (typeof name !== 'string' || names.includes(name) || madeBefore.has(name)) continue;
    problems.push({
      where: `${where}/${parameter}`,
      message: `There is no output "${name}"${meant(name, names)}; there are ${quoted(names)}.`,
    });
  }
  const width = graph.widths.get(String(step['from'])) ?? graph.widths.get(onlyScores(graph));
  if (width !== undefined && width !== labels.length) {
    problems.push({
      where: `${where}/labels`,
      message: `Step "classify" has ${labels.length} labels, output "${String(step['from'])}" has ${width} values.`,
      trap: 'labels-width',
    });
  }
  return [...problems, ...checkAnswers(step, labels, signature.output)];
}

/** The values of the label are those of the step and its "otherwise", which has no score. */
function checkAnswers(step: StepSpec, labels: readonly unknown[], output: Signature['output']): PackageProblem[] {
  const [labelName = 'label', scoresName = 'probabilities'] = classifyNames(step);
  const { otherwise } = step;
  const hasOther = otherwise !== undefined && !labels.includes(otherwise);
  const answers = hasOther ? [...labels, otherwise] : labels;
  const [label, scores] = [output[labelName], output[scoresName]];
  const problems: PackageProblem[] = [];
  if (label?.type === 'category' && !isSameList(label.values, answers))
    problems.push({
      where: `model.yaml /signature/output/${labelName}/values`,
      message: `The values are not the labels of step "classify" (${quoted(answers)}).`,
    });
  const keys = scores?.type === 'scores' ? (scores.labels ?? answers.map(String)) : undefined;
  if (keys !== undefined && !isSameList(keys, labels.map(String)))
    problems.push({
      where: `model.yaml /signature/output/${scoresName}/labels`,
      message: `Expected the labels of step "classify" (${quoted(labels.map(String))}), got ${keysText(scores)}: its "otherwise" has no score.`,
    });
  return problems;
}

function keysText(scores: OutputField | undefined): string {
  return scores?.type === 'scores' && scores.labels !== undefined ? quoted(scores.labels) : 'nothing';
}

/** The same, in any order. */
function isSameList(one: readonly unknown[], other: readonly unknown[]): boolean {
  return one.length === other.length && one.every((value) => other.includes(value));
}

/** The one output of a graph with only one, for scores that a step renamed. */
function onlyScores({ sessionOutputs }: ImportedGraph): string {
  return sessionOutputs.length === 1 ? sessionOutputs[0]!.name : '';
}

function classifyNames(step: StepSpec): string[] {
  if (step.step !== 'classify' && step.step !== 'top-k') return [];
  const as = (step['as'] ?? {}) as Record<string, unknown>;
  return [String(as['label'] ?? 'label'), String(as['probabilities'] ?? 'probabilities')];
}

function fitsInput(field: InputField, spec: TensorSpec): boolean {
  return field.type !== 'image' && fitsDtype(field, spec);
}

function fitsOutput(field: OutputField, spec: TensorSpec): boolean {
  return field.type !== 'scores' && fitsDtype(field, spec);
}

function fitsDtype(field: Exclude<InputField, { type: 'image' }>, { dtype, dims }: TensorSpec): boolean {
  const isNumber = dtype !== 'string' && dtype !== 'bool';
  switch (field.type) {
    case 'text':
      return dtype === 'string';
    case 'boolean':
      return dtype === 'bool';
    case 'number':
      return isNumber;
    case 'category':
      return field.values.every((value) =>
        typeof value === 'string' ? dtype === 'string' : typeof value === 'boolean' ? dtype === 'bool' : isNumber,
      );
    case 'tensor':
      return field.dtype === dtype && fitsDims(field.dims, rowDims(dims));
  }
}

function fitsDims(declared: readonly unknown[], graph: readonly unknown[]): boolean {
  return (
    declared.length === graph.length &&
    declared.every((dim, axis) => typeof dim !== 'number' || typeof graph[axis] !== 'number' || dim === graph[axis])
  );
}

function typeProblem(
  where: string,
  field: InputField | OutputField,
  { name, dtype, dims }: TensorSpec,
  file: string,
): PackageProblem {
  const declared = field.type === 'tensor' ? `tensor ${field.dtype} [${field.dims.join(', ')}]` : field.type;
  return {
    where,
    message: `The manifest says ${declared}, "${name}" of "${file}" is ${dtype} [${dims.map((dim) => dim ?? '?').join(', ')}]. Change the field, or add a step between them.`,
  };
}

function meant(name: string, candidates: readonly string[]): string {
  const nearest = nearestName(name, candidates);
  return nearest === undefined ? '' : ` (did you mean "${nearest}"?)`;
}

function quoted(names: readonly unknown[]): string {
  return names.map((name) => JSON.stringify(name)).join(', ');
}
