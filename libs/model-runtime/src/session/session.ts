import { writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { ModelPackage } from '@web-single/model-package';
import type { Tensor, TensorSpec } from '@web-single/tensor';
import type { InferenceSession } from 'onnxruntime-node';
import { loadOnnxRuntime } from './onnx-runtime.ts';
import { ModelRefusal } from './model-refusal.ts';
import { fromOrtTensor, toOrtTensor } from './ort-tensor.ts';
import { createPrivateFolder, removePrivateFolder } from './private-folder.ts';
import { describeLoadFailure } from './session-error.ts';

export type Tensors = Readonly<Record<string, Tensor>>;

/** One loaded ONNX graph. `run` blocks the thread it is called on until the graph is done and cannot be cancelled. */
export interface Session {
  readonly inputs: readonly TensorSpec[];
  readonly outputs: readonly TensorSpec[];
  /** Takes one tensor per input name, gives one per output name. Throws the runtime's own plain errors. */
  run(feeds: Tensors): Promise<Tensors>;
  release(): Promise<void>;
}

export type SessionModel = Pick<ModelPackage, 'modelPath' | 'rewrittenModel' | 'sessionInputs' | 'sessionOutputs'>;

/** One thread, on purpose: several engines beat one engine with several threads (runtime-facts §6). */
const options: InferenceSession.SessionOptions = {
  executionProviders: ['cpu'],
  executionMode: 'sequential',
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
  logSeverityLevel: 4,
};

/** Loads a model's graph and checks that it takes and gives what the package says. Throws `ModelRefusal`. */
export const openSession = async (model: SessionModel): Promise<Session> => {
  const ort = await loadOnnxRuntime();
  const where = basename(model.modelPath);
  const session = await createSession(ort.InferenceSession, model).catch((error: unknown) => {
    throw new ModelRefusal([{ where, message: describeLoadFailure(error) }]);
  });
  const problems = mismatches(session, model);
  if (problems.length > 0) {
    await session.release();
    throw new ModelRefusal(problems.map((message) => ({ where, message })));
  }
  return {
    inputs: model.sessionInputs,
    outputs: model.sessionOutputs,
    async run(feeds) {
      const wrapped = Object.fromEntries(
        Object.entries(feeds).map(([name, tensor]) => [name, toOrtTensor(ort, tensor)]),
      );
      const fetched = await session.run(wrapped, outputNames(model));
      return Object.fromEntries(Object.entries(fetched).map(([name, tensor]) => [name, fromOrtTensor(tensor)]));
    },
    release: () => session.release(),
  };
};

const outputNames = (model: SessionModel): string[] => model.sessionOutputs.map(({ name }) => name);

/** Always by path: bytes take twice the memory, and look for external data in the working directory. */
const createSession = async (
  factory: typeof InferenceSession,
  { modelPath, rewrittenModel }: SessionModel,
): Promise<InferenceSession> => {
  if (!rewrittenModel) return factory.create(modelPath, options);
  const folder = createPrivateFolder();
  try {
    const path = join(folder, 'model.onnx');
    await writeFile(path, rewrittenModel, { mode: 0o600 });
    return await factory.create(path, options);
  } finally {
    await removePrivateFolder(folder);
  }
};

const mismatches = (session: InferenceSession, model: SessionModel): string[] => [
  ...differences('input', model.sessionInputs, session.inputMetadata),
  ...differences('output', model.sessionOutputs, session.outputMetadata),
];

const differences = (
  kind: 'input' | 'output',
  specs: readonly TensorSpec[],
  found: readonly InferenceSession.ValueMetadata[],
): string[] => {
  const byName = new Map(found.map((value) => [value.name, value]));
  const stated = specs.flatMap(({ name, dtype }) => {
    const value = byName.get(name);
    if (!value) return [`The package names the ${kind} "${name}", which the graph does not have.`];
    if (!value.isTensor) return [`The ${kind} "${name}" is not a tensor, which the runtime cannot carry.`];
    return value.type === dtype
      ? []
      : [`The ${kind} "${name}" is ${value.type} in the graph, ${dtype} in the package.`];
  });
  const names = new Set(specs.map(({ name }) => name));
  const missing = found.filter(({ name }) => kind === 'input' && !names.has(name));
  return [
    ...stated,
    ...missing.map(({ name }) => `The graph needs the input "${name}", which the package does not name.`),
  ];
};
