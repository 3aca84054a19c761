import type { TimedRequest } from './deadline.ts';
import type { PredictBody } from './predict-body.ts';
import type { RequestOutcome } from './request-outcome.ts';

/** A request for a prediction, whichever way it came. */
export type PredictionRequest = PredictBody &
  TimedRequest & {
    readonly params: unknown;
    readonly query: unknown;
    readonly routeOptions: { readonly url?: string | undefined };
    readonly outcome: RequestOutcome;
  };

/** Answered with 200. */
export interface PredictionAnswer {
  readonly type: string;
  /** Name, value, name, value, …; without type and length of the body. */
  readonly headers: readonly string[];
  /** Text, or bytes one piece behind the other. */
  readonly body: string | readonly Uint8Array[];
}
