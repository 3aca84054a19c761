import { Worker } from 'node:worker_threads';

const intervalMs = 1_000;
/** As this process began: once the parent is dead it is another. */
const parent = process.ppid;

/** Runs as text: it needs nothing of ours, and a bundler need not know of it. */
const watch = (interval: number, parent: number): string => `
  const parent = ${parent};
  const folder = process.cwd();
  setInterval(() => {
    if (process.ppid === parent) return;
    try { require('node:fs').rmdirSync(folder); } catch {}
    process.kill(process.pid, 'SIGKILL');
  }, ${interval});
`;

/**
 * Ends this process when its parent has died, also while the main thread is inside a run and sees nothing: a front that
 * was killed must not leave an endless loop behind, nor its folder (which is empty, or stays). A thread of its own, because nothing else still runs then.
 */
export const watchParent = (): void => {
  if (process.platform === 'win32') return;
  const limits = { maxOldGenerationSizeMb: 8, maxYoungGenerationSizeMb: 1 };
  new Worker(watch(intervalMs, parent), { eval: true, resourceLimits: limits, env: {} }).unref();
};
