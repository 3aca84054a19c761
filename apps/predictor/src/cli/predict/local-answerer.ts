import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { encodeRow } from '@web-single/contract';
import { findModels, PackageError, type ModelPackage, type OpenOptions } from '@web-single/model-package';
import { startEngine } from '@web-single/model-runtime';
import { createServing, ServingError, type RowAnswer, type Serving } from '@web-single/serving';
import { componentVersions } from '../../config/component-versions.ts';
import { CallError, type Answer, type Answerer, type CallLimits } from './answerer.ts';

export interface LocalOptions {
  readonly importOptions: OpenOptions;
  /** Absolute folder of the bundle: the engine's entry lies in it. */
  readonly distFolder: string;
  /** What is worth a word of a model that answers all the same. */
  readonly onNote: (note: string) => void;
}

/** For a batch; an engine that hangs is ended much earlier. */
const DEADLINE_MS = 600_000;
/** Checked and stacked in some milliseconds, and much more than a run takes. Two, so that one is read while the other runs. */
const LIMITS: CallLimits = { maxRows: 512, maxBytes: 16 * 2 ** 20, callsAtOnce: 2 };

/** Loads and proves a package or a bare `.onnx` in this process, as a server would, without any port. Rejects with `PackageError`. */
export async function openLocally(path: string, options: LocalOptions): Promise<Answerer> {
  const modelPackage = await openOne(path, options.importOptions);
  const serving = createServing({
    packages: [modelPackage],
    startEngine: (started) => startEngine(started, { engineEntry: join(options.distFolder, 'engine-process.js') }),
    limits: { maxWaitMs: DEADLINE_MS, maxImagesPerRequest: Infinity, maxPixelsPerRequest: Infinity },
  });
  const [failure] = await serving.load();
  if (failure !== undefined) throw failure.error;
  const [served] = serving.models.ready();
  for (const warning of served?.started.warnings ?? []) options.onNote(warning);
  return answererOf(serving, modelPackage, unnamedColumnsOf(modelPackage, statSync(path).isFile()));
}

async function openOne(path: string, importOptions: OpenOptions): Promise<ModelPackage> {
  const [found, another, ...more] = await findModels([path]);
  if (found !== undefined && another !== undefined) {
    const names = [found, another, ...more].map(({ name }) => name).join(', ');
    throw new PackageError([
      { where: path, message: `Expected one model, got ${more.length + 2}: ${names}. Name one of these folders.` },
    ]);
  }
  if (found === undefined) throw new PackageError([{ where: path, message: 'There is no model here.' }]);
  return found.open({ ...importOptions, componentVersions });
}

/** `--columns` speaks for the one matrix of floats of a bare file; a package says it in its manifest. */
export function unnamedColumnsOf({ signature, folder }: ModelPackage, isFile: boolean): number | undefined {
  const [field, another] = Object.values(signature.input);
  if (another !== undefined || field?.type !== 'tensor' || !/^float(32|64)$/.test(field.dtype)) return undefined;
  const [width, ...more] = field.dims;
  if (typeof width !== 'number' || more.length > 0) return undefined;
  return isFile || !existsSync(join(folder, 'model.yaml')) ? width : undefined;
}

function answererOf(serving: Serving, { name, signature }: ModelPackage, unnamedColumns: number | undefined): Answerer {
  return {
    name,
    signature,
    unnamedColumns,
    limits: LIMITS,
    async predict(rows) {
      try {
        const deadlineMs = serving.clock.now() + DEADLINE_MS;
        return (await serving.predict({ rows, deadlineMs, onError: 'row' })).answers.map(answerOf);
      } catch (error) {
        if (!(error instanceof ServingError)) throw error;
        const { code, message, details, retryAfterMs } = error;
        throw new CallError(code, message, { problems: details, retryAfterMs, cause: error });
      }
    },
    [Symbol.asyncDispose]: () => serving.close(),
  };
}

function answerOf(answer: RowAnswer): Answer {
  if ('outputs' in answer) return { outputs: encodeRow(answer.outputs) };
  const { code, message, details } = answer.error;
  return { error: { code, message, problems: details.map(({ row: _row, ...problem }) => problem) } };
}
