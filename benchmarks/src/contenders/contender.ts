/** What a contender did in one block of time, one request after the other on each of `concurrency` connections. */
export interface BlockResult {
  readonly requests: number;
  readonly seconds: number;
  readonly p50Micros: number;
  readonly p99Micros: number;
  /** CPU time per request of the contender's whole process tree; without the generator's. NaN where it is not known. */
  readonly cpuMicros: number;
}

/** One side of a comparison: alive during the whole run, idle outside of its own blocks. */
export interface Contender {
  readonly name: string;
  /** Throws where an answer is wrong: that voids the run. */
  run(durationMs: number, concurrency: number): Promise<BlockResult>;
  close(): Promise<void>;
}
