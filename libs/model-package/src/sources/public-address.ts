import { BlockList, isIP } from 'node:net';

/** IPv4 networks that are no part of the public internet (IANA, Special-Purpose Address Registry), and multicast. */
const IPV4 = [
  '0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12', '192.0.0.0/24', '192.0.2.0/24',
  '192.31.196.0/24', '192.52.193.0/24', '192.88.99.0/24', '192.168.0.0/16', '192.175.48.0/24', '198.18.0.0/15',
  '198.51.100.0/24', '203.0.113.0/24', '224.0.0.0/4', '240.0.0.0/4',
]; // prettier-ignore
/** Of 2000::/3, outside of which nothing is public. The second and third carry an IPv4 address of anyone's choice. */
const IPV6 = ['2001::/23', '2002::/16', '2001:db8::/32', '3fff::/20', '2620:4f:8000::/48'];

const special = new BlockList();
for (const network of IPV4) add(network, 'ipv4');
for (const network of IPV6) add(network, 'ipv6');
const global = new BlockList();
global.addSubnet('2000::', 3, 'ipv6');

function add(network: string, family: 'ipv4' | 'ipv6'): void {
  const [address = '', prefix = ''] = network.split('/');
  special.addSubnet(address, Number(prefix), family);
}

/** True for an address of the public internet; private, loopback, link-local, metadata, mapped and reserved ones are none. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !special.check(address, 'ipv4');
  if (family !== 6) return false;
  const translated = translatedAddress(address);
  if (translated !== undefined) return isPublicAddress(translated);
  return global.check(address, 'ipv6') && !special.check(address, 'ipv6');
}

/** The IPv4 address behind one that DNS64 made (64:ff9b::/96), as networks without IPv4 have them. */
function translatedAddress(address: string): string | undefined {
  if (!URL.canParse(`http://[${address}]`)) return undefined;
  const { hostname } = new URL(`http://[${address}]`);
  const found = /^\[64:ff9b::(?:([0-9a-f]{1,4}):)?([0-9a-f]{1,4})\]$/.exec(hostname);
  if (found === null) return undefined;
  const halves = [found[1] ?? '0', found[2] ?? '0'].map((half) => Number.parseInt(half, 16));
  return halves.flatMap((half) => [half >> 8, half & 0xff]).join('.');
}
