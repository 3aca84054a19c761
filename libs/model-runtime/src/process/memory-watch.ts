import { readFile } from 'node:fs/promises';
import type { Clock } from '../clock.ts';

const intervalMs = 250;
/** statm counts in pages; on every platform that has the file and runs the runtime's binaries they are 4 KiB. */
const pageBytes = 4096;

/** Resident memory of a process in bytes; `undefined` where the system does not tell or the process is gone. */
export const residentBytes = async (pid: number): Promise<number | undefined> => {
  const statm = await readFile(`/proc/${pid}/statm`, 'ascii').catch(() => undefined);
  const pages = Number(statm?.split(' ')[1]);
  return Number.isFinite(pages) ? pages * pageBytes : undefined;
};

/** Calls `onOver` once when the process holds more than `maxBytes`; returns what stops the watch. */
export const watchMemory = (
  pid: number,
  maxBytes: number,
  clock: Clock,
  onOver: (bytes: number) => void,
): (() => void) => {
  let cancel: (() => void) | undefined;
  let stopped = false;
  const look = async (): Promise<void> => {
    const bytes = await residentBytes(pid);
    if (stopped || bytes === undefined) return;
    if (bytes > maxBytes) onOver(bytes);
    else next();
  };
  const next = (): void => {
    cancel = clock.schedule(() => void look(), intervalMs);
  };
  next();
  return () => {
    stopped = true;
    cancel?.();
  };
};
