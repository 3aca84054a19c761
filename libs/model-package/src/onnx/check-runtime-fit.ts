import type { PackageProblem } from '../package-error.ts';
import type { OnnxModel } from './onnx-model.ts';

/** What the pinned onnxruntime-node 1.30 accepts (measured; newer files are refused at load with a worse message). */
export const runtimeLimits = {
  irVersion: 13,
  opsets: { '': 26, 'ai.onnx.ml': 5 } as Record<string, number | undefined>,
};

const builtInDomains: ReadonlySet<string> = new Set([
  '',
  'ai.onnx',
  'ai.onnx.ml',
  'ai.onnx.preview',
  'ai.onnx.preview.training',
  'ai.onnx.training',
  'com.microsoft',
  'com.microsoft.experimental',
  'com.microsoft.nchwc',
]);

/** Checks a model against the pinned runtime: IR version, opsets, and operators that would need a library. */
export function checkRuntimeFit(model: OnnxModel, file: string): PackageProblem[] {
  return [...tooNew(model, file), ...customOperators(model, file)];
}

function tooNew(model: OnnxModel, file: string): PackageProblem[] {
  const problems: PackageProblem[] = [];
  const { irVersion, opsets } = runtimeLimits;
  if (model.irVersion > irVersion) {
    const message = `"${file}" uses IR version ${model.irVersion}; this runtime supports up to ${irVersion}. Set "model.ir_version = ${irVersion}" in the export, or upgrade the server.`;
    problems.push({ where: file, message, trap: 'ir-too-new' });
  }
  for (const { domain, version } of model.opsets) {
    const limit = opsets[domain];
    if (limit === undefined || version <= limit) continue;
    const name = domain === '' ? 'opset' : `opset of ${domain}`;
    const message = `"${file}" uses ${name} ${version}; this runtime supports up to ${limit}. Re-export with opset ${limit} or upgrade the server.`;
    problems.push({ where: file, message, trap: 'opset-too-new' });
  }
  return problems;
}

function customOperators(model: OnnxModel, file: string): PackageProblem[] {
  const needsLibrary = model.operators.filter(
    ({ domain, opType }) => !builtInDomains.has(domain) || opType === 'EPContext',
  );
  return needsLibrary.map(({ domain, opType }) => ({
    where: file,
    message: `Operator "${domain}.${opType}" needs a custom library; custom operators are not loaded. Re-export with standard operators.`,
    trap: 'custom-operator',
  }));
}
