import { readdirSync, readFileSync } from 'node:fs';

/** Linux counts CPU time in hundredths of a second for programs, whatever the kernel's own tick is. */
const tickMicros = 10_000;

interface ProcessTimes {
  readonly parent: number;
  readonly micros: number;
}

/** User and system time in µs of a process and all its descendants that still live. NaN where there is no /proc. */
export function processTreeCpuMicros(root: number): number {
  const processes = readProcesses();
  if (processes.size === 0) return NaN;
  return below(root, processes).reduce((sum, pid) => sum + (processes.get(pid)?.micros ?? 0), 0);
}

/** Pids of a process and all its descendants that still live. */
export function processTree(root: number): readonly number[] {
  return below(root, readProcesses());
}

function below(root: number, processes: ReadonlyMap<number, ProcessTimes>): readonly number[] {
  const isBelow = (pid: number): boolean => {
    for (let at: number | undefined = pid; at !== undefined && at > 0; at = processes.get(at)?.parent) {
      if (at === root) return true;
    }
    return false;
  };
  return [...processes.keys()].filter(isBelow);
}

function readProcesses(): ReadonlyMap<number, ProcessTimes> {
  const pids = listPids();
  return new Map(
    pids.flatMap((pid): [number, ProcessTimes][] => {
      const times = readTimes(pid);
      return times === undefined ? [] : [[pid, times]];
    }),
  );
}

function listPids(): readonly number[] {
  try {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map(Number);
  } catch {
    return [];
  }
}

/** `undefined` for a process that has ended meanwhile. */
function readTimes(pid: number): ProcessTimes | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The name, in parentheses, may hold spaces: what counts comes behind its end. Fields 4, 14 and 15 of proc(5).
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return { parent: Number(fields[1]), micros: (Number(fields[11]) + Number(fields[12])) * tickMicros };
  } catch {
    return undefined;
  }
}
