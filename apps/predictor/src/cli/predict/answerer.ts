import type { ErrorCode, JsonValue } from '@web-single/contract';
import type { Signature } from '@web-single/signature';
import type { InputProblem } from './input-row.ts';

/** The outputs of a row as JSON carries them, or why there are none. */
export type Answer = { readonly outputs: Readonly<Record<string, JsonValue>> } | { readonly error: RowError };

export interface RowError {
  readonly code: ErrorCode;
  readonly message: string;
  readonly problems: readonly InputProblem[];
}

/** How much one call takes, and how many there are at once. */
export interface CallLimits {
  readonly maxRows: number;
  readonly maxBytes: number;
  readonly callsAtOnce: number;
}

/** A model that answers rows: in this process, or on a server. */
export interface Answerer extends AsyncDisposable {
  readonly name: string;
  readonly signature: Signature;
  /** Set where it takes so many numbers a row without names, and `--columns` would name them. */
  readonly unnamedColumns?: number | undefined;
  readonly limits: CallLimits;
  /** One answer a row, in order. Rejects with `CallError` where the call as a whole has none. */
  predict(rows: readonly unknown[]): Promise<readonly Answer[]>;
}

/** A call without answers, and when to try again, where that may help. */
export class CallError extends Error {
  readonly code: ErrorCode | 'CONNECTION_FAILED';
  readonly problems: readonly InputProblem[];
  readonly retryAfterMs: number | undefined;

  constructor(
    code: ErrorCode | 'CONNECTION_FAILED',
    message: string,
    more: {
      readonly problems?: readonly InputProblem[];
      readonly retryAfterMs?: number | undefined;
      readonly cause?: unknown;
    } = {},
  ) {
    super(message, { cause: more.cause });
    this.name = 'CallError';
    this.code = code;
    this.problems = more.problems ?? [];
    this.retryAfterMs = more.retryAfterMs;
  }
}
