import type { LoadResult } from '../load/closed-loop.ts';
import type { Lane } from '../load/lane.ts';
import type { Case } from '../workloads/prepare-cases.ts';
import type { Workload } from '../workloads/workload.ts';

/** One line of the table of contenders. */
export interface ContenderKind {
  readonly name: string;
  /** What it is, for the report. */
  readonly title: string;
  readonly supports: (workload: Workload) => boolean;
  /** Brings what it needs onto the machine, if it is not there; gives its versions. Throws why it cannot take part. */
  readonly install: () => Promise<string>;
  readonly start: (subject: Subject, firstPort: number) => Promise<Contender>;
}

/** What is asked of all contenders at a time. */
export interface Subject {
  readonly workload: Workload;
  readonly cases: readonly Case[];
}

/** A contender that runs: alive during all blocks of a workload, frozen outside of its own. */
export interface Contender {
  /** Root of its process tree. */
  readonly pid: number;
  /** From its spawn to its first right answer. NaN where it answers nobody. */
  readonly readyMs: number;
  /** What it chose for itself at its start, in its own words; empty where it says nothing. */
  readonly choices: () => readonly string[];
  /** Without lanes it is its own load: the raw session. */
  readonly openLanes?: (count: number) => Promise<readonly Lane[]>;
  readonly runAlone?: (durationMs: number) => Promise<LoadResult>;
  readonly stop: () => Promise<void>;
}
