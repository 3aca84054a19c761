import { readFileSync } from 'node:fs';
import { processTree } from './process-tree-cpu.ts';

/** Stops a process and all its descendants, so that they take no time from others. */
export function freeze(root: number): void {
  signalTree(root, 'SIGSTOP');
}

export function thaw(root: number): void {
  signalTree(root, 'SIGCONT');
}

/** Sends a signal to a process and all its descendants that still live. */
export function signalTree(root: number, signal: NodeJS.Signals): void {
  for (const pid of processTree(root)) signalOne(pid, signal);
}

export function signalOne(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** Most memory in bytes that each process of a tree ever held, added up; what they share counts for each. NaN without /proc. */
export function peakMemoryBytes(root: number): number {
  return processTree(root).reduce((sum, pid) => sum + peakBytes(pid), 0) || NaN;
}

function peakBytes(pid: number): number {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1] ?? 0) * 1_024;
  } catch {
    return 0;
  }
}
