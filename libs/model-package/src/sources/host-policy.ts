import { isIP } from 'node:net';
import type { AllowedHosts } from './allowed-hosts.ts';
import { isPublicAddress } from './public-address.ts';
import { SourceError } from './source-error.ts';

const ADVICE = 'Add it to MODEL_SOURCE_HOSTS if it is meant';
/** Names that never lead out of a machine or a private network. */
const PRIVATE_NAME = /(^|\.)(localhost|localdomain|local|internal|intranet|lan|home\.arpa|corp|private)\.?$/i;

/** Throws where a host must not be asked before its name is even resolved. `writtenHost`: as it was given. */
export function checkHost(url: URL, writtenHost: string, allowed: AllowedHosts): void {
  const { hostname, protocol } = url;
  if (protocol !== 'https:' && protocol !== 'http:')
    throw new SourceError('not-allowed', `"${protocol}" is no protocol that models are fetched with.`);
  if (allowed.allows(url)) return;
  if (protocol === 'http:')
    throw new SourceError('not-allowed', `"${url.host}" would be asked in clear HTTP. ${ADVICE}, or use https.`);
  const address = hostname.replace(/^\[(.*)\]$/, '$1');
  const isOdd = isIP(address) === 4 && writtenHost !== address;
  const isPrivate = isIP(address) === 0 ? PRIVATE_NAME.test(hostname) : !isPublicAddress(address);
  if (isOdd || isPrivate)
    throw new SourceError('not-allowed', `"${url.host}" is not on the public internet. ${ADVICE}.`);
}

/** Throws where a name leads to an address that it must not. Checked in the socket that connects: no later answer counts. */
export function checkAddresses(url: URL, addresses: readonly string[], allowed: AllowedHosts): void {
  if (allowed.allows(url) || addresses.every((address) => isPublicAddress(address))) return;
  throw new SourceError('not-allowed', `"${url.host}" resolves to an address that is not public. ${ADVICE}.`);
}
