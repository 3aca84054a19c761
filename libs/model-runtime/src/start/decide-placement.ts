import { statSync } from 'node:fs';
import type { EngineModel } from '../engine-model.ts';
import { mostRowsWorthwhile } from './calibrate.ts';
import type { Calibration, CurvePoint } from './calibrate.ts';

/** What the measured curve means for an engine. */
export interface Placement {
  readonly placement: 'inline' | 'process';
  /** Most rows of a batch. */
  readonly maxRows: number;
  /** A run that takes longer is hung. */
  readonly runTimeoutMs: number;
  /** How long a run may at least take once its caller has given up. */
  readonly leastPatienceMs: number;
  readonly warnings: readonly string[];
}

/** What blocks the front's loop for longer than this is noticed by others. */
const longestInlineMs = 1;
/** A smaller batch than this is not worth being inline for. */
const leastInlineRows = 8;
/** What memory can bring of weights in the longest run inline, generously. */
const largestInlineBytes = 16_000_000;
const runTimeout = { factor: 10, leastMs: 2_000, mostMs: 60_000 };
/** Of rows that differ in size without a bound the measured ones say little: a photo is a thousand times a drawing. */
const leastPatience = { boundedMs: 1_000, unboundedMs: 10_000 };

/**
 * Inline only where a full batch takes at most 1 ms at p99, nothing is decoded, and no caller can make a row larger: all
 * dims known, no free text. The manifest's words for placement, rows and timeout win over the measurement.
 */
export const decidePlacement = (model: EngineModel, calibration: Calibration, decodes: boolean): Placement => {
  const { curve, mixedOutput } = calibration;
  const isBounded = !decodes && hasBoundedRows(model);
  const mayBeInline = model.engine.placement !== 'process' && isBounded;
  const measured = mostRowsWorthwhile(curve);
  const inlineRows = mayBeInline ? Math.min(measured, mostRowsInline(curve)) : 0;
  const worthInline = inlineRows >= Math.min(leastInlineRows, measured);
  const chosenRows = worthInline ? inlineRows : measured;
  const maxRows = mixedOutput === undefined ? limitRows(model, chosenRows) : 1;
  const fits = mayBeInline && worthInline && p99At(curve, maxRows) <= longestInlineMs;
  return {
    placement: model.engine.placement === 'auto' ? (fits ? 'inline' : 'process') : model.engine.placement,
    maxRows,
    runTimeoutMs: runTimeoutOf(model, curve, { maxRows, isBounded }),
    leastPatienceMs: isBounded ? leastPatience.boundedMs : leastPatience.unboundedMs,
    warnings: warningsOf(model, decodes, mixedOutput),
  };
};

/** Before anything is measured: false where the model will not run in this process, whatever the measurement says. */
export const mayTurnOutInline = (model: EngineModel): boolean => {
  const { placement } = model.engine;
  if (placement !== 'auto') return placement === 'inline';
  return hasBoundedRows(model) && sizeBytesOf(model) <= largestInlineBytes;
};

/** Of a file that is gone loading says so. */
const sizeBytesOf = ({ modelPath }: EngineModel): number =>
  statSync(modelPath, { throwIfNoEntry: false })?.size ?? Infinity;

/** Time of a batch of `rows` rows at p99: of the measured size that holds it, or in proportion beyond the last. */
export const p99At = (curve: readonly CurvePoint[], rows: number): number => {
  const last = curve.at(-1);
  if (!last) return Infinity;
  return curve.find((point) => point.rows >= rows)?.p99Ms ?? (last.p99Ms * rows) / last.rows;
};

const mostRowsInline = (curve: readonly CurvePoint[]): number =>
  curve.findLast(({ p99Ms }) => p99Ms <= longestInlineMs)?.rows ?? 0;

const limitRows = ({ batching, batchable }: EngineModel, rows: number): number => {
  if (!batchable) return 1;
  return batching.maxRows === 'auto' ? rows : batching.maxRows;
};

const runTimeoutOf = (
  { engine }: EngineModel,
  curve: readonly CurvePoint[],
  { maxRows, isBounded }: { readonly maxRows: number; readonly isBounded: boolean },
): number => {
  if (engine.runTimeoutMs !== 'auto') return engine.runTimeoutMs;
  if (!isBounded) return runTimeout.mostMs;
  const expectedMs = p99At(curve, maxRows) * runTimeout.factor;
  return Math.min(runTimeout.mostMs, Math.max(runTimeout.leastMs, expectedMs));
};

const hasBoundedRows = ({ signature, sessionInputs, batchable }: EngineModel): boolean =>
  Object.values(signature.input).every(({ type }) => type !== 'text' && type !== 'image') &&
  sessionInputs.every(({ dims }) => dims.slice(batchable ? 1 : 0).every((dim) => typeof dim === 'number'));

const warningsOf = (model: EngineModel, decodes: boolean, mixedOutput: string | undefined): readonly string[] => [
  ...(mixedOutput === undefined
    ? []
    : [
        `The output "${mixedOutput}" of a row depends on the rows beside it: batching is off, each row is a run of its own.`,
      ]),
  ...(model.engine.placement === 'inline' && decodes
    ? ['The manifest places this model inline although it decodes files: a large file will hold up all other requests.']
    : []),
];
