/** One connection, or one place for a call: sends the workload's requests in turn, one at a time. */
export interface Lane {
  /** False where the server refused (503, 429). Throws `WrongAnswerError` where an answer is wrong. */
  send(): Promise<boolean>;
  close(): void;
}

/** Voids whatever it was measured in. */
export class WrongAnswerError extends Error {}
