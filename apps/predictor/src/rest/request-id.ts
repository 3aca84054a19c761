import { randomUUID } from 'node:crypto';

/** The caller's id where it is a plain word, else a fresh one. */
export function requestId(given: string | readonly string[] | undefined): string {
  return typeof given === 'string' && /^[\w.-]{1,64}$/.test(given) ? given : randomUUID();
}
