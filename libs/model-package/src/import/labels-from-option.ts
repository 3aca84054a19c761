import type { StepSpec } from '@web-single/preprocessing';
import type { OutputField } from '@web-single/signature';
import type { TensorSpec } from '@web-single/tensor';
import type { Fact } from '../model-package.ts';
import type { FoundClasses } from '../onnx/find-classes.ts';
import { scoreKind } from '../onnx/score-kind.ts';
import type { PackageProblem } from '../package-error.ts';
import { listSome } from './summarize-field.ts';
import type { GraphContext } from './graph-context.ts';

interface LabelledAnswer {
  readonly fields: Readonly<Record<string, OutputField>>;
  readonly used: readonly string[];
  readonly after: readonly StepSpec[];
  readonly task: string;
  readonly facts: readonly Fact[];
  readonly problems: readonly PackageProblem[];
}

/** Answers a model's scores under the labels of `--labels`: the highest one is the label, logits go through softmax. */
export function labelsFromOption(
  context: GraphContext,
  classes: FoundClasses | undefined,
  widths: ReadonlyMap<string, number>,
): LabelledAnswer {
  const labels = context.options.labels ?? [];
  const scores = scoresSpec(context, classes);
  const problem = labelsProblem(labels, scores, widths);
  if (problem !== undefined || scores === undefined) {
    return {
      fields: {},
      used: [],
      after: [],
      task: 'custom',
      facts: [],
      problems: [{ where: '--labels', message: problem ?? '' }],
    };
  }
  const zipMap = context.model.nodes.find(({ opType, outputs }) => opType === 'ZipMap' && outputs[0] === scores.name);
  const isProbability =
    classes !== undefined || scoreKind(zipMap?.inputs[0] ?? scores.name, context.links).kind === 'probabilities';
  const softmax = isProbability ? [] : [{ step: 'softmax', field: scores.name }];
  return {
    fields: { label: { type: 'category', values: labels }, probabilities: { type: 'scores', of: 'label' } },
    used: [scores.name, ...(classes?.labelOutput === undefined ? [] : [classes.labelOutput])],
    after: [...softmax, { step: 'classify', from: scores.name, labels: [...labels] }],
    task: 'classification',
    facts: labelFacts(labels, scores.name, isProbability),
    problems: [],
  };
}

function labelFacts(labels: readonly string[], output: string, isProbability: boolean): Fact[] {
  const assumed = { source: '--labels', confidence: 'assumed' } as const;
  return [
    { about: 'labels', value: listSome(labels), source: '--labels', confidence: 'stated' },
    { about: 'label', value: `the highest value of output "${output}"`, ...assumed },
    ...(isProbability ? [] : [{ about: 'probabilities', value: `softmax of output "${output}"`, ...assumed }]),
  ];
}

/** The scores of a known classifier, else the only float output with more than one value per row. */
function scoresSpec({ specs }: GraphContext, classes: FoundClasses | undefined): TensorSpec | undefined {
  if (classes?.scoresOutput !== undefined) return specs.outputs.find(({ name }) => name === classes.scoresOutput);
  const candidates = specs.outputs.filter(
    ({ dtype, dims }) => dtype.startsWith('float') && dims.length === 2 && dims[1] !== 1,
  );
  return candidates.length === 1 ? candidates[0] : undefined;
}

function labelsProblem(
  labels: readonly string[],
  scores: TensorSpec | undefined,
  widths: ReadonlyMap<string, number>,
): string | undefined {
  if (scores === undefined)
    return '--labels needs one output [batch, labels] of scores, and the model does not have exactly one.';
  const width = widths.get(scores.name);
  if (width !== undefined && width !== labels.length)
    return `--labels has ${labels.length} labels, output "${scores.name}" has ${width} values.`;
  const twice = labels.find((label, index) => label === '' || labels.indexOf(label) !== index);
  return twice === undefined ? undefined : `--labels names "${twice}" twice, or is empty.`;
}
