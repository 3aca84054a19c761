import { lookup } from 'node:dns/promises';

/** Addresses of a host name. */
export type Resolver = (hostname: string) => Promise<readonly { readonly address: string; readonly family: number }[]>;

/** The system's resolver. A name that is asked for already is not asked for again: each question holds a thread that files need. */
export function systemResolver(): Resolver {
  const asked = new Map<string, ReturnType<Resolver>>();
  return (hostname) => {
    const known = asked.get(hostname);
    if (known !== undefined) return known;
    const answer = lookup(hostname, { all: true }).finally(() => asked.delete(hostname));
    asked.set(hostname, answer);
    return answer;
  };
}
