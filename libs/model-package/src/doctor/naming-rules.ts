import { linkGraph } from '../onnx/graph-links.ts';
import { scoreKind } from '../onnx/score-kind.ts';
import type { Finding } from './finding.ts';
import { matrixWidth } from './graph-rules.ts';
import type { Subject } from './subject.ts';

/** What callers would have to know by heart: columns by position, classes by number. */
export function namingFindings(subject: Subject): Finding[] {
  return [...unnamedColumns(subject), ...unnamedClasses(subject), ...unnamedScores(subject)];
}

function unnamedColumns(subject: Subject): Finding[] {
  const { opened, file } = subject;
  const width = matrixWidth(subject);
  const [field, another] = Object.values(opened?.signature.input ?? {});
  if (width === undefined || field?.type !== 'tensor' || another !== undefined) return [];
  const name = opened?.sessionInputs[0]?.name ?? '';
  return [
    {
      rule: 'unnamed-columns',
      severity: 'warning',
      where: `${file} input "${name}"`,
      what: `The ${width} columns have no names: a row is an array of ${width} numbers.`,
      why: 'Two columns that change places are answered without any error, wrongly.',
      remedy:
        'Export with an input a column (a DataFrame gives them), or name them in model.yaml: fields, and a step "pack-columns". To try: --columns a,b,c.',
      code: 'to_onnx(pipeline, X_frame[:1])  # X_frame: a pandas DataFrame; the first step a ColumnTransformer',
    },
  ];
}

function unnamedClasses({ opened, file }: Subject): Finding[] {
  return Object.entries(opened?.signature.output ?? {}).flatMap(([name, field]): Finding[] => {
    if (field.type !== 'category' || field.values.length < 2 || opened?.golden !== undefined) return [];
    if (!field.values.every((value, index) => value === index)) return [];
    return [
      {
        rule: 'unnamed-classes',
        severity: 'warning',
        where: `${file} output "${name}"`,
        what: `The classes are the numbers 0 to ${field.values.length - 1}.`,
        why: 'What they mean is only known where the model was trained: every caller writes the list again, and one of them wrongly.',
        remedy: 'Train on the names, or list them in model.yaml, in this order. To try: --labels a,b,c.',
        code: 'model.fit(X, [names[k] for k in y])',
      },
    ];
  });
}

const MOST_CLASSES = 1000;

/** An output that looks like a score a class and says of none which it is. */
function unnamedScores({ opened, file, files, isBareFile, model }: Subject): Finding[] {
  const outputs = Object.entries(opened?.signature.output ?? {});
  const [only, another] = outputs;
  if (only === undefined || another !== undefined || only[1].type !== 'tensor') return [];
  const [name, { dims, dtype }] = only;
  const [count] = dims;
  const isVector = dims.length === 1 && typeof count === 'number' && count > 1 && count <= MOST_CLASSES;
  if (!isVector || !dtype.startsWith('float')) return [];
  const list = isBareFile
    ? undefined
    : files.find((path) => /^(labels|classes)\.(txt|json)$|^config\.json$/.test(path));
  // As `--labels` has it. Log-probabilities are no probabilities yet: their softmax is their exponential.
  const isNormalised = model !== undefined && scoreKind(name, linkGraph(model)).kind === 'probabilities';
  return [
    {
      rule: 'unlabelled-scores',
      severity: list === undefined ? 'hint' : 'warning',
      where: `${file} output "${name}"`,
      what: `The answer is ${count} numbers without names${list === undefined ? '' : `, and "${list}" is not read`}.`,
      why: 'If they are a score a class, callers get no label; if they are an embedding, all is well.',
      remedy: 'Say in model.yaml which class each is. To try: --labels a,b,c.',
      code: isNormalised
        ? `after:\n  - { step: classify, from: ${name}, labels: [...] }`
        : `after:\n  - { step: softmax, field: ${name}, as: probabilities }\n  - { step: classify, from: probabilities, labels: [...] }`,
    },
  ];
}
