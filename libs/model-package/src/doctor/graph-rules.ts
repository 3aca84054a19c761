import { rowDims } from '../import/batch-rule.ts';
import { linkGraph, sourceOf } from '../onnx/graph-links.ts';
import { intAttribute } from '../onnx/read-node.ts';
import { fixedBatch } from './batch-rules.ts';
import { exporterOf, lineFor } from './exporters.ts';
import type { Finding } from './finding.ts';
import { isProvenElsewhere } from './golden-rules.ts';
import type { Subject } from './subject.ts';

/** What a graph itself tells of its export. */
export function graphFindings(subject: Subject): Finding[] {
  return [
    ...fixedBatch(subject),
    ...doubles(subject),
    ...zipMap(subject),
    ...training(subject),
    ...textSkew(subject),
    ...doubleSoftmax(subject),
  ];
}

const DOUBLE = 11;

function doubles({ model, file }: Subject): Finding[] {
  const names = (model?.inputs ?? []).filter(({ elementType }) => elementType === DOUBLE).map(({ name }) => name);
  if (names.length === 0) return [];
  return [
    {
      rule: 'float64',
      severity: 'warning',
      where: `${file} ${names.length === 1 ? 'input' : 'inputs'} ${names.map((name) => `"${name}"`).join(', ')}`,
      what: 'Numbers are float64.',
      why: 'A sample of float64 (NumPy makes it) has the whole model computed in double precision: twice the memory, slower, and no trained model gains by it.',
      remedy: 'Export with a float32 sample; train on float32, too, where a tree splits between neighbouring values.',
      code: lineFor(model, {
        torch: 'torch.onnx.export(model.float(), (example.float(),), "model.onnx")',
        sklearn: 'to_onnx(model, X[:1].astype(np.float32))',
        keras: 'tf.keras.backend.set_floatx("float32")  # before the model is built; then export it again',
        other: 'X = X.astype(np.float32)  # the sample and the weights, before the export',
      }),
    },
  ];
}

function zipMap({ model, file, opened }: Subject): Finding[] {
  const node = model?.nodes.find(({ opType, domain }) => opType === 'ZipMap' && domain === 'ai.onnx.ml');
  // Golden cases prove what the cut graph answers.
  if (node === undefined || isProvenElsewhere(opened?.golden)) return [];
  return [
    {
      rule: 'zipmap',
      severity: 'hint',
      where: `${file} output "${node.outputs[0] ?? ''}"`,
      what: 'The classifier ends in ZipMap, which is cut in memory at every load.',
      why: 'Runtimes of other languages fail at a list of maps, or are slow.',
      remedy: 'Export without it: the answer stays the same.',
      code: 'to_onnx(model, X[:1], options={id(model): {"zipmap": False}})',
    },
  ];
}

function training({ model, file }: Subject): Finding[] {
  const isTrained = (model?.nodes ?? []).filter((node) => intAttribute(node, 'training_mode') === 1);
  if (model?.hasTrainingInfo !== true && isTrained.length === 0) return [];
  const [node] = isTrained;
  return [
    {
      rule: 'training-mode',
      severity: 'error',
      where: node === undefined ? file : `${file} node "${node.opType}"`,
      what: node === undefined ? 'The file holds what training needs.' : `"${node.opType}" is in training mode.`,
      why: 'Such a model normalises over the batch, or drops values at random: a row is answered otherwise beside other rows.',
      remedy: 'Switch the model to inference before the export.',
      code: 'model.eval(); torch.onnx.export(model, (example,), "model.onnx", training=torch.onnx.TrainingMode.EVAL)',
    },
  ];
}

function textSkew({ model, file, opened }: Subject): Finding[] {
  const hasTfIdf = model?.nodes.some(({ opType }) => opType === 'TfIdfVectorizer') === true;
  if (!hasTfIdf || isProvenElsewhere(opened?.golden)) return [];
  return [
    {
      rule: 'text-skew',
      severity: 'warning',
      where: `${file} node "TfIdfVectorizer"`,
      what: 'The exported text vectorizer is not always the trained one.',
      why: 'With stop words and pairs of words, or sublinear_tf, the exporter computes other features than scikit-learn: probabilities moved by up to 0.08.',
      remedy: 'Record golden cases with texts that have stop words and repeated words, and compare.',
      code: 'TfidfVectorizer(ngram_range=(1, 1), sublinear_tf=False)  # or record_golden.py, and look',
    },
  ];
}

function doubleSoftmax({ model, file, opened }: Subject): Finding[] {
  if (model === undefined || opened === undefined) return [];
  const links = linkGraph(model);
  return opened.after.flatMap((step): Finding[] => {
    if (step.step !== 'softmax' && step.step !== 'sigmoid') return [];
    const name = typeof step['field'] === 'string' ? step['field'] : (opened.sessionOutputs[0]?.name ?? '');
    const last = sourceOf(name, links)?.node.opType;
    if (last !== 'Softmax' && last !== 'Sigmoid') return [];
    return [
      {
        rule: 'softmax-twice',
        severity: 'error',
        where: `model.yaml /after, ${file} output "${name}"`,
        what: `The graph ends in ${last}, and the step "${step.step}" follows it.`,
        why: 'The label stays right while all probabilities move towards each other: nobody notices until a threshold is set.',
        remedy: `Take the step "${step.step}" out of "after", or export the logits.`,
        code: 'after:\n  - { step: classify, from: probabilities, labels: [...] }',
      },
    ];
  });
}

/** Columns of the one matrix that a model of tables takes; undefined for any other model. */
export function matrixWidth({ model, opened }: Subject): number | undefined {
  const [input, another] = opened?.sessionInputs ?? [];
  if (input === undefined || another !== undefined || !input.dtype.startsWith('float')) return undefined;
  const [width, ...more] = rowDims(input.dims);
  const isWide = typeof width === 'number' && width > 1 && more.length === 0;
  return isWide && exporterOf(model) !== 'keras' ? width : undefined;
}
