import type { StepSpec } from '@web-single/preprocessing';
import type { CategoryValue, OutputField } from '@web-single/signature';
import type { TensorSpec } from '@web-single/tensor';
import type { Fact } from '../model-package.ts';
import { findClasses } from '../onnx/find-classes.ts';
import type { FoundClasses } from '../onnx/find-classes.ts';
import { scoreKind } from '../onnx/score-kind.ts';
import type { ScoreKind } from '../onnx/score-kind.ts';
import { scoresWidth } from '../onnx/scores-width.ts';
import type { PackageProblem, PackageTrap } from '../package-error.ts';
import { summarizeField } from './summarize-field.ts';
import type { GraphContext } from './graph-context.ts';
import { labelsFromOption } from './labels-from-option.ts';
import { outputField } from './infer-fields.ts';
import { inferTask } from './infer-task.ts';
import { ownClasses, renameClasses } from './rename-classes.ts';

export interface InferredOutput {
  readonly fields: Readonly<Record<string, OutputField>>;
  readonly after: readonly StepSpec[];
  readonly task: string;
  readonly widths: ReadonlyMap<string, number>;
  readonly facts: readonly Fact[];
  readonly problems: readonly PackageProblem[];
}

/** A classifier answers `label` and scores keyed by label; everything else answers its outputs by their own names. */
export function inferOutput(context: GraphContext): InferredOutput {
  const { model, links, cuts, options } = context;
  const widths = knownWidths(context);
  const classes = hasRows(context) ? findClasses(model, links, cuts) : undefined;
  if (options.labels !== undefined && classes === undefined) {
    const chosen = labelsFromOption(context, options.labels, widths);
    return { ...chosen, fields: withOthers(context, chosen.fields, chosen.used), widths };
  }
  const answer = classes === undefined ? ownNames(context) : classifierAnswer(context, classes, widths);
  return { ...answer, task: inferTask(context, classes !== undefined), widths };
}

/** False where a batch above 1 is baked in: a "row" then is several, and has no one label. */
function hasRows({ specs }: GraphContext): boolean {
  return !specs.inputs.some(({ dims: [first] }) => typeof first === 'number' && first > 1);
}

function ownNames(context: GraphContext) {
  const fields = withOthers(context, {}, []);
  return { fields, after: [], facts: fieldFacts(context, fields), problems: [] };
}

function classifierAnswer(context: GraphContext, classes: FoundClasses, widths: ReadonlyMap<string, number>) {
  const { file, options } = context;
  const scored = withoutFlippedMargin(context, classes);
  const { scoresOutput } = scored;
  const names = options.labels === undefined ? ownClasses(scored, file) : renameClasses(scored, options.labels);
  if ('problem' in names) return refused('--labels', names.problem);
  if (scoresOutput === undefined) return labelOnly(context, classes, [names.fact]);
  const { labels } = names;
  const width = widths.get(scoresOutput) ?? labels.length;
  if (width !== labels.length) {
    const message = `Node "${classes.source}" has ${labels.length} labels, output "${scoresOutput}" has ${width} values. Export the model again.`;
    return refused(file, message, 'labels-width');
  }
  const { name, fact } = scoresName(context, scoresOutput);
  const used = [scoresOutput, ...(classes.labelOutput === undefined ? [] : [classes.labelOutput])];
  const fields = withOthers(context, classifierFields(labels, name), used);
  const after = [
    {
      step: 'classify',
      ...(classes.labelOutput !== undefined && { label: classes.labelOutput }),
      from: scoresOutput,
      labels: [...labels],
      ...(names.classes !== undefined && { classes: [...names.classes] }),
      ...(name !== 'probabilities' && { as: { label: 'label', probabilities: name } }),
    },
  ];
  return { fields, after, facts: [names.fact, fact, ...fieldFacts(context, fields)], problems: [] };
}

function refused(where: string, message: string, trap?: PackageTrap) {
  return { fields: {}, after: [], facts: [], problems: [{ where, message, ...(trap && { trap }) }] };
}

/** `label` and scores under the name callers see. */
export function classifierFields(labels: readonly CategoryValue[], scores: string): Record<string, OutputField> {
  return { label: { type: 'category', values: labels }, [scores]: { type: 'scores', of: 'label' } };
}

/** A label without a score per label: `label`, and other outputs by their own names but for "probabilities" that are a margin. */
function labelOnly(context: GraphContext, classes: FoundClasses, facts: readonly Fact[]) {
  const label = classes.labelOutput ?? 'label';
  const lying = context.specs.outputs.find(
    (spec) => /^(output_)?probabilit/.test(spec.name) && kindOf(context, spec.name).kind === 'margins',
  );
  const fields: Record<string, OutputField> = { label: { type: 'category', values: classes.labels } };
  if (lying !== undefined) fields['margin'] = outputField(lying, context.batchable);
  const renames = { ...(label !== 'label' && { [label]: 'label' }), ...(lying && { [lying.name]: 'margin' }) };
  const all = withOthers(context, fields, [label, ...(lying === undefined ? [] : [lying.name])]);
  const after = Object.keys(renames).length === 0 ? [] : [{ step: 'rename-outputs', fields: renames }];
  return { fields: all, after, facts: [...facts, ...fieldFacts(context, all)], problems: [] };
}

function withoutFlippedMargin(context: GraphContext, classes: FoundClasses): FoundClasses {
  const { scoresOutput, ...others } = classes;
  return scoresOutput !== undefined && isFlippedMargin(context, scoresOutput, classes.labels) ? others : classes;
}

/** A binary SVMClassifier without probabilities gives [margin, −margin], the first above 0 for the *second* class: no score per label. */
function isFlippedMargin(context: GraphContext, output: string, labels: readonly CategoryValue[]): boolean {
  const { kind, source } = kindOf(context, output);
  return labels.length === 2 && kind === 'margins' && source === 'SVMClassifier';
}

/** What a graph output of scores holds; a cut ZipMap's by the tensor it read. */
function kindOf({ model, links }: GraphContext, output: string): ScoreKind {
  const zipMap = model.nodes.find(({ opType, outputs }) => opType === 'ZipMap' && outputs[0] === output);
  return scoreKind(zipMap?.inputs[0] ?? output, links);
}

/** Probabilities only where an operator makes them; margins and votes are called scores. */
function scoresName(context: GraphContext, scoresOutput: string): { name: string; fact: Fact } {
  const { kind, source } = kindOf(context, scoresOutput);
  const about = 'scores';
  if (kind === 'margins') {
    const value = 'margins or votes, not probabilities: answered as "scores"';
    return { name: 'scores', fact: { about, value, source: `${context.file} node "${source}"`, confidence: 'read' } };
  }
  const confidence = kind === 'unknown' ? 'assumed' : 'read';
  return {
    name: 'probabilities',
    fact: { about, value: 'probabilities', source: `${context.file} node "${source}"`, confidence },
  };
}

/** Adds the outputs that nothing used, by their own names. */
function withOthers(
  { specs, batchable }: GraphContext,
  fields: Readonly<Record<string, OutputField>>,
  used: readonly string[],
) {
  const others = specs.outputs.filter(({ name }) => !used.includes(name) && !Object.hasOwn(fields, name));
  return { ...fields, ...Object.fromEntries(others.map((spec) => [spec.name, outputField(spec, batchable)])) };
}

function fieldFacts({ file }: GraphContext, fields: Readonly<Record<string, OutputField>>): Fact[] {
  return Object.entries(fields).map(([name, field]) => ({
    about: `signature.output.${name}`,
    value: summarizeField(field),
    source: `${file} graph`,
    confidence: 'read',
  }));
}

/** Width of each float output: what the weights say, else the declared last dim. */
function knownWidths({ specs, model, links }: GraphContext): Map<string, number> {
  const widths = new Map<string, number>();
  for (const spec of specs.outputs) {
    const zipMap = model.nodes.find(({ opType, outputs }) => opType === 'ZipMap' && outputs[0] === spec.name);
    const width = scoresWidth(zipMap?.inputs[0] ?? spec.name, links) ?? lastDim(spec);
    if (width !== undefined) widths.set(spec.name, width);
  }
  return widths;
}

function lastDim({ dims }: TensorSpec): number | undefined {
  const last = dims.at(-1);
  return dims.length >= 2 && typeof last === 'number' ? last : undefined;
}
