import { useEffect, useState } from 'preact/hooks';
import { predictor } from './predictor.ts';

export type Health = 'asking' | 'ready' | 'not ready' | 'unreachable';

const POLL_MS = 10_000;

/** Asks the server every ten seconds whether it is ready; not while the page is hidden, at once when it is shown again. */
export function useHealth(): Health {
  const [health, setHealth] = useState<Health>('asking');
  useEffect(() => {
    let controller = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const poll = (): void => {
      controller.abort();
      clearTimeout(timer);
      if (document.hidden) return;
      const { signal } = (controller = new AbortController());
      const settle = (next: Health): void => {
        if (signal.aborted) return;
        setHealth(next);
        timer = setTimeout(poll, POLL_MS);
      };
      predictor.ready({ signal, timeoutMs: 5000 }).then(
        (isReady) => settle(isReady ? 'ready' : 'not ready'),
        () => settle('unreachable'),
      );
    };
    poll();
    document.addEventListener('visibilitychange', poll);
    return () => {
      document.removeEventListener('visibilitychange', poll);
      controller.abort();
      clearTimeout(timer);
    };
  }, []);
  return health;
}
