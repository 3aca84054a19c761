/** As streams of Node are. */
export interface Intake {
  readonly pause: () => unknown;
  readonly resume: () => unknown;
}

export interface IntakeTurnsOptions {
  /** Calls back in the event loop's next turn, others' events between. Default: `setImmediate`. */
  readonly nextTurn?: (callback: () => void) => unknown;
  readonly bytesATurn?: number;
}

/** Some milliseconds, most of them for new memory: each byte is copied out of the socket, and into the body it is part of. */
const BYTES_A_TURN = 1024 * 1024;
/** What libuv reads at once. */
const PIECE_BYTES = 64 * 1024;
/** A first piece that is larger begins a body of many. */
const LARGE_BYTES = PIECE_BYTES / 2;

/**
 * Takes in a megabyte of bodies a turn of the event loop. libuv reads up to 2 MB of every readable socket in one turn: when 64
 * callers send 3 MB each, everyone else would wait for 128 MB. Who came first goes on first.
 */
export class IntakeTurns {
  readonly #nextTurn: (callback: () => void) => unknown;
  readonly #bytesATurn: number;
  #takenBytes = 0;
  #isDue = false;
  #waiting: Intake[] = [];

  constructor({ nextTurn = setImmediate, bytesATurn = BYTES_A_TURN }: IntakeTurnsOptions = {}) {
    this.#nextTurn = nextTurn;
    this.#bytesATurn = bytesATurn;
  }

  /** To be told of the first piece of a body, which costs nothing where it is small. */
  tookFirst(intake: Intake, sizeBytes: number): void {
    if (sizeBytes > LARGE_BYTES) this.took(intake, sizeBytes);
  }

  /** To be told of every other piece of it. Pauses the intake where this turn has had enough. */
  took(intake: Intake, sizeBytes: number): void {
    this.#takenBytes += sizeBytes;
    if (this.#takenBytes >= this.#bytesATurn) {
      intake.pause();
      this.#waiting.push(intake);
    }
    this.#callBack();
  }

  readonly #turn = (): void => {
    this.#isDue = false;
    this.#takenBytes = 0;
    for (const intake of this.#waiting.splice(0, Math.ceil(this.#bytesATurn / PIECE_BYTES))) intake.resume();
    if (this.#waiting.length > 0) this.#callBack();
  };

  #callBack(): void {
    if (this.#isDue) return;
    this.#isDue = true;
    this.#nextTurn(this.#turn);
  }
}

/** Of the process, as its event loop is. */
export const intakeTurns = new IntakeTurns();
