import type * as OnnxRuntime from 'onnxruntime-node';

let loaded: Promise<typeof OnnxRuntime> | undefined;

/**
 * Loads ONNX Runtime once per process, at the first call: a process that runs no model never pays for it.
 * Its telemetry is on by default since 1.29 and reads this variable when the library loads.
 */
export const loadOnnxRuntime = (): Promise<typeof OnnxRuntime> => {
  process.env['ORT_DISABLE_TELEMETRY'] = '1';
  loaded ??= import('onnxruntime-node');
  return loaded;
};
