import { EXIT } from './exit-codes.ts';

/** A terminal signals the whole group, and who started us may pass the same signal on: within this time both are one. */
const SAME_SIGNAL_MS = 500;
const PARENT_CHECK_MS = 500;

/**
 * The first SIGTERM or SIGINT drains and exits with 0, a later one ends the process at once. npm dies of a signal without
 * passing it on: where npm started us, its end counts as one.
 */
export function stopOnSignal(stop: () => Promise<void>): void {
  let stoppingSinceMs: number | undefined;
  const onSignal = (): void => {
    if (stoppingSinceMs !== undefined) {
      if (performance.now() - stoppingSinceMs > SAME_SIGNAL_MS) process.exit(EXIT.failure);
      return;
    }
    stoppingSinceMs = performance.now();
    void stop().then(() => process.exit(EXIT.ok));
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
  if (process.env['npm_command'] !== undefined) onParentGone(onSignal);
}

function onParentGone(react: () => void): void {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    react();
  }, PARENT_CHECK_MS);
  timer.unref();
}
