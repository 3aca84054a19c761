import { ServingError } from '@web-single/serving';

/** A body that is read a slice at a time. */
export interface LargeBody {
  readonly sizeBytes: number;
  /** Reads the next slice; true when there is no more. May throw. */
  readonly readSlice: () => boolean;
  /** When its caller stops waiting: absolute, monotonic ms. */
  readonly deadlineMs: number;
  /** Whether its caller has gone. */
  readonly signal: { readonly aborted: boolean };
}

export interface BodyTurnsOptions {
  /** Calls back in the event loop's next turn, others' events between. Default: `setImmediate`. */
  readonly nextTurn?: (callback: () => void) => unknown;
  /** Monotonic ms. */
  readonly now?: () => number;
}

const TURNS_PER_FIRST = 4;

interface Reading extends LargeBody {
  /** Once; with an error where the body was not read to its end. */
  readonly settle: (error?: unknown) => void;
}

/**
 * Reads one slice of one body a turn of the event loop, however many bodies there are: were each to read a slice, 64 callers would
 * hold up everyone else 64 times as long. The smallest goes first, of equal ones the first that came; every fourth turn is for who
 * came first of all, so that no stream of smaller ones holds it back for ever.
 */
export class BodyTurns {
  readonly #nextTurn: (callback: () => void) => unknown;
  readonly #now: () => number;
  /** In the order they came. */
  #readings: Reading[] = [];
  #turns = 0;

  constructor({ nextTurn = setImmediate, now = () => performance.now() }: BodyTurnsOptions = {}) {
    this.#nextTurn = nextTurn;
    this.#now = now;
  }

  /** Resolves when the body is read. Rejects with what `readSlice` throws, or with a `ServingError`: `DEADLINE_EXCEEDED`, `CANCELLED`. */
  read(body: LargeBody): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#readings.push({ ...body, settle: (error) => (error === undefined ? resolve() : reject(error)) });
      if (this.#readings.length === 1) this.#nextTurn(this.#turn);
    });
  }

  readonly #turn = (): void => {
    this.#dropLost();
    this.#turns += 1;
    const reading = this.#turns % TURNS_PER_FIRST === 0 ? this.#readings[0] : this.#smallest();
    if (reading !== undefined && readSlice(reading)) this.#readings = this.#readings.filter((one) => one !== reading);
    if (this.#readings.length > 0) this.#nextTurn(this.#turn);
  };

  #dropLost(): void {
    const nowMs = this.#now();
    this.#readings = this.#readings.filter((reading) => {
      const refusal = refusalOf(reading, nowMs);
      if (refusal !== undefined) reading.settle(refusal);
      return refusal === undefined;
    });
  }

  #smallest(): Reading | undefined {
    const [first, ...others] = this.#readings;
    return others.reduce((least, one) => (least && one.sizeBytes < least.sizeBytes ? one : least), first);
  }
}

/** True when there is nothing more to read of it, or it cannot be. */
function readSlice(reading: Reading): boolean {
  try {
    const isRead = reading.readSlice();
    if (isRead) reading.settle();
    return isRead;
  } catch (error) {
    reading.settle(error);
    return true;
  }
}

function refusalOf({ deadlineMs, signal }: LargeBody, nowMs: number): ServingError | undefined {
  if (signal.aborted) return new ServingError('CANCELLED', 'The caller has gone.');
  if (nowMs < deadlineMs) return undefined;
  return new ServingError('DEADLINE_EXCEEDED', 'The deadline passed before the body was read.');
}
