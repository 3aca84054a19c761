import { readFileSync } from 'node:fs';
import { processTree } from '../process-tree-cpu.ts';

const PAGE_BYTES = 4096;

/** Resident memory in bytes of a process and all its descendants; memory that they share counts for each. */
export function processTreeRssBytes(root: number): number {
  return processTree(root).reduce((sum, pid) => sum + rssBytes(pid), 0);
}

function rssBytes(pid: number): number {
  try {
    return Number(readFileSync(`/proc/${pid}/statm`, 'latin1').split(' ')[1]) * PAGE_BYTES;
  } catch {
    return 0;
  }
}
