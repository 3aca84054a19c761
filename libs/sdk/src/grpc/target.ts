import { isIPv4, isIPv6 } from 'node:net';
import { invalidInput } from '../predictor-error.ts';

/** The one target of a channel that has all addresses. */
export function targetOf(addresses: string | readonly string[]): string {
  if (typeof addresses === 'string') return addresses;
  const [first, ...others] = addresses;
  if (first !== undefined && others.length === 0) return first;
  const hosts = addresses.map((address) => /^\[?([^[\]]+)\]?:\d+$/.exec(address)?.[1] ?? '');
  if (hosts.length > 0 && hosts.every(isIPv4)) return `ipv4:${addresses.join()}`;
  if (hosts.length > 0 && hosts.every(isIPv6)) return `ipv6:${addresses.join()}`;
  throw invalidInput(
    'The addresses must be a list of "host:port" that are all IPv4 or all IPv6, or one name such as "dns:///predictor:8081".',
  );
}
