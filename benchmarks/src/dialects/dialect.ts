import type { Case } from '../workloads/prepare-cases.ts';
import type { Workload } from '../workloads/workload.ts';

/** How a contender is spoken to. */
export interface Dialect {
  readonly supports: (workload: Workload) => boolean;
  /** The bytes of a whole HTTP request. */
  readonly request: (workload: Workload, wanted: Case) => Uint8Array;
  /** Outputs by name, one object a row, of a whole answer. */
  readonly predictions: (workload: Workload, body: Buffer) => readonly Record<string, unknown>[];
}
