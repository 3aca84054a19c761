import type { StepSpec } from '@web-single/preprocessing';
import type { OutputField } from '@web-single/signature';
import type { TensorSpec } from '@web-single/tensor';
import type { Fact } from '../model-package.ts';
import { scoreKind } from '../onnx/score-kind.ts';
import type { PackageProblem } from '../package-error.ts';
import { repeatedLabelProblem } from './rename-classes.ts';
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

/** Answers the scores of a model that states no classes under the labels of `--labels`: the highest one is the label, logits go through softmax. */
export function labelsFromOption(
  context: GraphContext,
  labels: readonly string[],
  widths: ReadonlyMap<string, number>,
): LabelledAnswer {
  const scores = scoresSpec(context);
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
  const isProbability = scoreKind(zipMap?.inputs[0] ?? scores.name, context.links).kind === 'probabilities';
  const softmax = isProbability ? [] : [{ step: 'softmax', field: scores.name }];
  return {
    fields: { label: { type: 'category', values: labels }, probabilities: { type: 'scores', of: 'label' } },
    used: [scores.name],
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

/** The only float output with more than one value per row. */
function scoresSpec({ specs }: GraphContext): TensorSpec | undefined {
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
  return repeatedLabelProblem(labels);
}
