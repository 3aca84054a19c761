import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';

/**
 * Cores this process may really use, at least 1. Node counts the host's; a container's quota is in its cgroup
 * (v2: `cpu.max`, v1: `cpu.cfs_quota_us` / `cpu.cfs_period_us`).
 */
export const availableCores = (): number => Math.max(1, Math.floor(Math.min(availableParallelism(), quota())));

const quota = (): number => {
  const [max, period] = read('/sys/fs/cgroup/cpu.max').split(' ').map(Number);
  if (max && period) return max / period;
  const [quotaUs, periodUs] = ['quota', 'period'].map((name) => Number(read(`/sys/fs/cgroup/cpu/cpu.cfs_${name}_us`)));
  return quotaUs && periodUs && quotaUs > 0 ? quotaUs / periodUs : Infinity;
};

const read = (path: string): string => {
  try {
    return readFileSync(path, 'ascii').trim();
  } catch {
    return '';
  }
};
