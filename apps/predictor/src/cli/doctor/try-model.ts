import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PackageError, type Finding, type ModelPackage } from '@web-single/model-package';
import { EngineError, startEngine, type StartedEngine } from '@web-single/model-runtime';

/** What a run of the model showed. */
export interface Trial {
  readonly findings: readonly Finding[];
  /** Left out where it did not come up. */
  readonly figures?: TrialFigures;
}

export interface TrialFigures {
  /** Process, load, golden cases, warm-up and measurement. */
  readonly startMs: number;
  /** Most that the engine process held; left out where the system does not tell. */
  readonly peakBytes?: number;
  readonly goldenCases: number;
  /** Time of a run of so many rows; empty where nothing was answered that could be timed. */
  readonly curve: readonly { readonly rows: number; readonly p50Ms: number }[];
}

/** Loads and runs the model in a process of its own, as a server would: golden cases, a batch against single rows, times. */
export async function tryModel(model: ModelPackage, distFolder: string): Promise<Trial> {
  const startedAtMs = performance.now();
  try {
    const started = await startEngine(model, {
      engineEntry: join(distFolder, 'engine-process.js'),
      placement: 'process',
      instances: 1,
      goldenFailures: 'report',
    });
    const startMs = performance.now() - startedAtMs;
    const peakBytes = await peakOf(started.engine.status().pid);
    await started.engine.close();
    return { findings: trialFindings(started), figures: figuresOf(started, startMs, peakBytes) };
  } catch (error) {
    if (error instanceof PackageError)
      return { findings: error.problems.map(({ where, message }) => doesNotRun(where, message)) };
    if (error instanceof EngineError) return { findings: [doesNotRun(model.name, error.message)] };
    throw error;
  }
}

function figuresOf(
  { goldenReport, calibration, warnings }: StartedEngine,
  startMs: number,
  peakBytes: number | undefined,
): TrialFigures {
  const isTimed = !warnings.some((warning) => UNANSWERED.test(warning));
  const curve = isTimed ? calibration.curve.map(({ rows, p50Ms }) => ({ rows, p50Ms })) : [];
  return { startMs, goldenCases: goldenReport.cases, curve, ...(peakBytes !== undefined && { peakBytes }) };
}

/** What a start says of rows that it made up, where they tell nothing of answers or times. */
const UNANSWERED = /^(No row could be made up|A row made up from the signature (is never answered|fails))/;
/** And where no other row would fare better: the values of a row hardly change what a run takes. */
const FAILS_ANY_ROW = /^A row made up from the signature (is never answered|fails: .*not enough memory)/;

/** What is wrong with a model that was started. */
export function trialFindings({
  goldenReport,
  calibration: { mixedOutput },
  warnings,
}: Pick<StartedEngine, 'goldenReport' | 'warnings'> & {
  readonly calibration: Pick<StartedEngine['calibration'], 'mixedOutput'>;
}): Finding[] {
  const golden = goldenReport.failures.map(({ where, message }): Finding => ({
    rule: 'golden-case-fails',
    severity: 'error',
    where,
    what: message,
    why: 'The model answers otherwise here than where it was recorded; a server does not take it.',
    remedy:
      'Compare the order of columns and labels, the preprocessing and the precision with the training side. Never record the cases from the ONNX file.',
    code: 'np.testing.assert_allclose(onnx_session.run(None, inputs)[1], model.predict_proba(X), atol=1e-5)',
  }));
  // Told below, with what to do.
  const others = warnings.filter(
    (warning) => mixedOutput === undefined || !warning.includes(`"${mixedOutput}" of a row depends`),
  );
  return [...golden, ...(mixedOutput === undefined ? [] : [mixesRows(mixedOutput)]), ...others.map(ofWarning)];
}

function ofWarning(warning: string): Finding {
  return FAILS_ANY_ROW.test(warning) ? doesNotRun('the trial run', warning) : unproven(warning);
}

function mixesRows(output: string): Finding {
  return {
    rule: 'rows-mix',
    severity: 'error',
    where: `output "${output}"`,
    what: 'A row is answered otherwise beside other rows than alone.',
    why: 'Answers depend on what other callers ask at the same moment; the server runs each row alone, several times as slow.',
    remedy: 'Switch the model to inference before the export, and normalise by what was learned, not over the batch.',
    code: 'model.eval()  # BatchNorm and Dropout\nX = (X - train_mean) / train_std  # not X.mean(axis=0)',
  };
}

function unproven(warning: string): Finding {
  return {
    rule: 'not-proven',
    severity: 'warning',
    where: 'the trial run',
    what: warning,
    why: 'What was not run may fail at the first request.',
    remedy: 'Add golden cases with real inputs.',
  };
}

function doesNotRun(where: string, message: string): Finding {
  return {
    rule: 'does-not-run',
    severity: 'error',
    where,
    what: message,
    why: 'The runtime cannot load it, or cannot answer a single row.',
    remedy: 'Load and run the file in Python first; if it runs there, compare the versions of the runtime.',
    code: 's = onnxruntime.InferenceSession("model.onnx"); s.run(None, {i.name: sample[i.name] for i in s.get_inputs()})',
  };
}

/** High-water mark of a process's resident memory (Linux). */
async function peakOf(pid: number | undefined): Promise<number | undefined> {
  const status = pid === undefined ? '' : await readFile(`/proc/${pid}/status`, 'ascii').catch(() => '');
  const kibibytes = /^VmHWM:\s+(\d+) kB/m.exec(status)?.[1];
  return kibibytes === undefined ? undefined : Number(kibibytes) * 1024;
}
