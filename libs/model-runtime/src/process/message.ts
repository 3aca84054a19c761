import type { PackageProblem } from '@web-single/model-package';
import type { Row } from '@web-single/tensor';
import type { BatchLayout } from '../batch/batch-layout.ts';
import type { EngineModel } from '../engine-model.ts';
import type { BatchResult } from '../engine.ts';
import type { Tensors } from '../session/session.ts';
import type { Calibration } from '../start/calibrate.ts';

/** A batch of rows, or calls at the tensor level; `maxRows` where their rows do not mix. */
export type PredictMessage =
  | { readonly type: 'predict'; readonly rows: readonly Row[] }
  | { readonly type: 'predict-tensors'; readonly calls: readonly Tensors[]; readonly maxRows: number | null };

/** What the front asks of an engine process: one at a time, answered in order. */
export type EngineRequest =
  | {
      readonly type: 'load';
      readonly model: EngineModel;
      readonly layout?: BatchLayout;
      readonly sampleRows: readonly Row[];
    }
  | PredictMessage
  | { readonly type: 'calibrate'; readonly rows: readonly Row[]; readonly mostRows: number }
  /** Release the session and exit. */
  | { readonly type: 'close' };

export interface LoadReport {
  readonly layout: BatchLayout;
  readonly decodes: boolean;
  readonly warnings: readonly string[];
}

/** What comes back for each; the process ends after `close` without a word. */
export type EngineReply =
  | { readonly type: 'loaded'; readonly report: LoadReport }
  | { readonly type: 'refused'; readonly problems: readonly PackageProblem[] }
  | { readonly type: 'result'; readonly result: BatchResult }
  | { readonly type: 'calibrated'; readonly calibration: Calibration }
  | { readonly type: 'failed'; readonly message: string };
