import { runtimeLimits } from '../onnx/check-runtime-fit.ts';
import type { OnnxModel } from '../onnx/onnx-model.ts';
import type { PackageProblem, PackageTrap } from '../package-error.ts';
import { exporterOf, lineFor } from './exporters.ts';
import type { Finding } from './finding.ts';

type Explanation = Pick<Finding, 'why' | 'remedy'> & { readonly code?: (model: OnnxModel | undefined) => string };

const opset = runtimeLimits.opsets[''] ?? 0;
const mlOpset = runtimeLimits.opsets['ai.onnx.ml'] ?? 0;
const TORCH_ONE_FILE = 'torch.onnx.export(model, (example,), "model.onnx", external_data=False)';

const EXPLANATIONS: Readonly<Record<PackageTrap, Explanation>> = {
  'not-onnx': {
    why: 'Only ONNX files are read; anything else is never opened, since it could run code.',
    remedy: 'Put the exported .onnx file there.',
  },
  'opset-too-new': {
    why: 'The runtime of the server does not know operators of that version and refuses the file.',
    remedy: 'Export for an older version of the operators.',
    code: (model) =>
      olderOperators(model) ??
      lineFor(model, {
        sklearn: `to_onnx(model, X[:1], target_opset={"": ${opset}, "ai.onnx.ml": ${mlOpset}})`,
        torch: `torch.onnx.export(model, (example,), "model.onnx", opset_version=${opset})`,
        other: `onnx.save(onnx.version_converter.convert_version(onnx.load("model.onnx"), ${opset}), "model.onnx")`,
      }),
  },
  'ir-too-new': {
    why: 'The runtime of the server refuses a file format that is newer than itself.',
    remedy: 'Write the older format: what a model says does not depend on it.',
    code: () => `m = onnx.load("model.onnx"); m.ir_version = ${runtimeLimits.irVersion}; onnx.save(m, "model.onnx")`,
  },
  'custom-operator': {
    why: 'A custom operator is native code from elsewhere; the server loads none.',
    remedy:
      'Export with standard operators only: write that part of the model in operations of torch or NumPy that have one.',
    code: (model) =>
      lineFor(model, {
        torch: 'torch.onnx.export(model, (example,), "model.onnx", dynamo=True)  # without custom_translation_table',
        other: 'print({(n.domain, n.op_type) for n in onnx.load("model.onnx").graph.node})  # which they are',
      }),
  },
  'external-data': {
    why: 'Without its weights, or with weights that lie elsewhere, the model cannot be loaded.',
    remedy: 'Copy the file of weights beside the model, or export everything into one file.',
    code: (model) =>
      lineFor(model, {
        torch: TORCH_ONE_FILE,
        other: 'onnx.save(onnx.load("model.onnx"), "model.onnx", save_as_external_data=False)',
      }),
  },
  'rewrite-external': {
    why: 'What the runtime would refuse is rewritten in memory, and then weights in other files are not found.',
    remedy: 'Export everything into one file.',
    code: () => 'onnx.save(onnx.load("model.onnx"), "model.onnx", save_as_external_data=False)',
  },
  bfloat16: {
    why: 'The runtime of the server cannot take or give BF16.',
    remedy: 'Convert the model before the export.',
    code: () => 'model = model.float().eval()',
  },
  'map-output': {
    why: 'The runtime of the server returns tensors, no maps or sequences.',
    remedy: 'Export the classifier without ZipMap.',
    code: () => 'to_onnx(model, X[:1], options={id(model): {"zipmap": False}})',
  },
  'sequence-output': {
    why: 'The runtime of the server returns tensors, no maps or sequences.',
    remedy: 'Export a model for each target (of a MultiOutputClassifier: its estimators), or stack the outputs.',
    code: () =>
      'for target, m in zip(targets, model.estimators_):\n    onnx.save(to_onnx(m, X[:1], options={id(m): {"zipmap": False}}), f"{target}.onnx")',
  },
  'labels-width': {
    why: 'Each score would be answered under another label than its own.',
    remedy:
      'Export the model again from the classifier that was trained last, or list one label a score, in the order of classes_.',
    code: () => 'print(len(model.classes_), model.predict_proba(X[:1]).shape)',
  },
  digest: {
    why: 'The file is not the one that was tested.',
    remedy: 'Bring back the tested file; if the change was meant, record golden cases again and seal the package.',
    code: () => 'python3 seal_package.py PACKAGE',
  },
};

/** Of the domain that is too new, where that is not the main one: other exporters have no option for it. */
function olderOperators(model: OnnxModel | undefined): string | undefined {
  const isTooNew = (domain: string, limit: number): boolean =>
    model?.opsets.some((used) => used.domain === domain && used.version > limit) === true;
  if (isTooNew('', opset) || !isTooNew('ai.onnx.ml', mlOpset)) return undefined;
  const lines = [
    'm = onnx.load("model.onnx")  # where no operator of it has changed since',
    `for o in m.opset_import: o.version = ${mlOpset} if o.domain == "ai.onnx.ml" else o.version`,
    'onnx.checker.check_model(m, full_check=True); onnx.save(m, "model.onnx")',
  ].join('\n');
  return exporterOf(model) === 'sklearn' ? undefined : lines;
}

/** What opening a package refuses, as a finding. */
export function explainProblem({ where, message, trap }: PackageProblem, model: OnnxModel | undefined): Finding {
  if (trap === undefined)
    return {
      rule: 'refused',
      severity: 'error',
      where,
      what: message,
      why: 'The server does not load it.',
      remedy: 'Change what is named here.',
    };
  const { why, remedy, code } = EXPLANATIONS[trap];
  return { rule: trap, severity: 'error', where, what: message, why, remedy, ...(code && { code: code(model) }) };
}
