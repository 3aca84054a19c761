import type { PredictionTiming } from '@web-single/serving';

/** What became of one request: filled in on the way, read by the log line and the metrics when the reply is done. */
export interface RequestOutcome {
  readonly startedAtMs: number;
  /** `OK` or a code of the catalogue. */
  code: string;
  model?: string;
  version?: string;
  rows?: number;
  timing?: PredictionTiming;
}

declare module 'fastify' {
  interface FastifyRequest {
    outcome: RequestOutcome;
  }
}
