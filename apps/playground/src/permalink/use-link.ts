import { useEffect, useState } from 'preact/hooks';
import { decodeLink } from './decode-link.ts';
import type { Link } from './link.ts';

export interface Place {
  readonly link: Link | null;
  /** Goes up when the reader moved: back, forward, a link. What the page itself writes does not count. */
  readonly visit: number;
}

/** The place the address names. */
export function useLink(): Place {
  const [place, setPlace] = useState<Place>(() => ({ link: decodeLink(location.hash), visit: 0 }));
  useEffect(() => {
    const follow = (): void => setPlace(({ visit }) => ({ link: decodeLink(location.hash), visit: visit + 1 }));
    addEventListener('popstate', follow);
    return () => removeEventListener('popstate', follow);
  }, []);
  return place;
}

/** Writes the address without a visit: a new entry of the history, or over the present one. */
export function writeLink(hash: string, how: 'push' | 'replace'): void {
  if (hash === location.hash) return;
  if (how === 'push') history.pushState(null, '', hash);
  else history.replaceState(null, '', hash);
}
