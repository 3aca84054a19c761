import { readdirSync } from 'node:fs';
import { processTreeRssBytes } from '../capacity/process-tree-memory.ts';
import { processTree } from '../process-tree-cpu.ts';
import { readStalls, stallsOver } from '../stalls/read-stalls.ts';

export interface Vitals {
  readonly rssMb: number;
  /** Of all its processes. */
  readonly descriptors: number;
  readonly threads: number;
  /** Stalls of the front's loop since it started, by its own histogram: how many were over 50 ms, and over 250. */
  readonly stallsOver50Ms: number;
  readonly stallsOver250Ms: number;
}

/** How a server with all its processes is, from outside and by its own metrics. */
export async function readVitals({ pid, port }: { readonly pid: number; readonly port: number }): Promise<Vitals> {
  const pids = processTree(pid);
  const stalls = await readStalls(port);
  const count = (of: (id: number) => number): number => pids.reduce((sum, id) => sum + of(id), 0);
  return {
    rssMb: processTreeRssBytes(pid) / 1e6,
    descriptors: count((id) => entries(`/proc/${id}/fd`)),
    threads: count((id) => entries(`/proc/${id}/task`)),
    stallsOver50Ms: stallsOver(stalls, '0.05'),
    stallsOver250Ms: stallsOver(stalls, '0.25'),
  };
}

function entries(folder: string): number {
  try {
    return readdirSync(folder).length;
  } catch {
    return 0;
  }
}
