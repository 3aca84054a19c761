import type { PredictorFailure } from './predictor-error.ts';

/** What became of one row where rows fail alone (`onError: 'row'`): decide by `ok`. */
export type RowOutcome<Prediction> =
  | {
      /** It has a prediction. */
      readonly ok: true;
      /** Index in the rows given, from 0. */
      readonly row: number;
      /** The outputs of the row. */
      readonly prediction: Prediction;
    }
  | {
      /** It has an error. */
      readonly ok: false;
      /** Index in the rows given, from 0. */
      readonly row: number;
      /** As a call would have thrown it; the rows in its `details` count like `row`. */
      readonly error: PredictorFailure;
    };
