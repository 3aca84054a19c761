import { createHash, timingSafeEqual } from 'node:crypto';
import { ContractError } from '@web-single/contract';
import type { FastifyRequest } from 'fastify';
import { repeatedHeader } from '../rest/repeated-header.ts';

const LOOPBACK_HOSTS = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * The guard of every admin route, unknown ones included: the bearer token in constant time, no browser's page (`Origin`),
 * and no name but the listener's own (DNS rebinding). Throws `ContractError`.
 */
export function requireToken(
  request: FastifyRequest,
  token: string,
  hosts: ReadonlySet<string> = LOOPBACK_HOSTS,
): void {
  if (request.headers.origin !== undefined) {
    throw new ContractError('FORBIDDEN', 'Pages of a browser may not call the admin listener.');
  }
  if (repeatedHeader(request.raw.rawHeaders) !== undefined) {
    throw new ContractError('INVALID_REQUEST', 'A header is there twice that may be there once.');
  }
  const host = (request.headers.host ?? '').replace(/:\d+$/, '').toLowerCase();
  if (!hosts.has(host)) throw new ContractError('FORBIDDEN', 'The Host header names another server than this one.');
  const [scheme, given = ''] = (request.headers.authorization ?? '').split(' ');
  if (scheme?.toLowerCase() === 'bearer' && isSame(given, token)) return;
  throw new ContractError('UNAUTHENTICATED', 'Send "Authorization: Bearer <ADMIN_TOKEN>".');
}

/** Digests have one length, which the comparison needs, and tell nothing of the token's own. */
function isSame(given: string, expected: string): boolean {
  const [left, right] = [given, expected].map((text) => createHash('sha256').update(text).digest());
  return timingSafeEqual(left!, right!);
}
