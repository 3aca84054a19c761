export { ManyPredictions } from './many-predictions.ts';
export { predictMany } from './predict-many.ts';
export type { ManyProgress, PredictManyOptions, Rows } from './predict-many-options.ts';
export type { RowOutcome } from '../row-outcome.ts';
