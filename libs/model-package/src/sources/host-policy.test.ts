import { describe, expect, it } from 'vitest';
import { readAllowedHosts } from './allowed-hosts.ts';
import { checkAddresses, checkHost } from './host-policy.ts';
import { isPublicAddress } from './public-address.ts';
import { SourceError } from './source-error.ts';
import { writtenHost } from './source-uri.ts';

const check = (address: string, allowed = '') =>
  checkHost(new URL(address), writtenHost(address), readAllowedHosts(allowed).hosts);

const PRIVATE = [
  'https://localhost/a',
  'https://localhost./a',
  'https://LOCALHOST/a',
  'https://a.localhost/a',
  'https://metadata.google.internal/a',
  'https://metadata.google.internal./a',
  'https://127.0.0.1/a',
  'https://127.1/a',
  'https://0x7f000001/a',
  'https://2130706433/a',
  'https://0177.0.0.1/a',
  'https://0.0.0.0/a',
  'https://10.0.0.1/a',
  'https://169.254.169.254/a',
  'https://100.100.100.200/a',
  'https://[::1]/a',
  'https://[::]/a',
  'https://[::ffff:127.0.0.1]/a',
  'https://[::ffff:7f00:1]/a',
  'https://[fd00:ec2::254]/a',
  'https://[fe80::1]/a',
  'https://[64:ff9b::10.0.0.1]/a',
  'https://[2002:7f00:1::]/a',
  'https://me@127.0.0.1/a',
  'https://①②⑦.0.0.1/a',
];

describe('checkHost', () => {
  it.each(PRIVATE)('refuses %s unless its host is allowed', (address) => {
    expect(() => check(address)).toThrow(SourceError);
    const { hostname } = new URL(address);
    expect(() => check(address, hostname)).not.toThrow();
  });

  it('refuses a public address in an odd notation', () => {
    expect(() => check('https://1.1.1.1/a')).not.toThrow();
    expect(() => check('https://0x01010101/a')).toThrow(/not on the public internet/);
  });

  it('refuses clear HTTP unless host and port are allowed', () => {
    expect(() => check('http://models.example/a')).toThrow(/clear HTTP/);
    expect(() => check('http://models.example:9000/a', 'models.example:9001, other')).toThrow(/clear HTTP/);
    expect(() => check('http://models.example:9000/a', 'other,models.example:9000')).not.toThrow();
    expect(() => check('http://models.example/a', 'models.example:80')).not.toThrow();
  });

  it('refuses every other protocol, allowed host or not', () => {
    expect(() => check('file:///etc/passwd', 'localhost')).toThrow(/no protocol/);
    expect(() => check('ftp://models.example/a', 'models.example')).toThrow(/no protocol/);
  });
});

describe('checkAddresses', () => {
  it('refuses a name as soon as one of its addresses is private', () => {
    const url = new URL('https://models.example/a');
    const none = readAllowedHosts('').hosts;
    expect(() => checkAddresses(url, ['1.1.1.1', '2606:4700::1111'], none)).not.toThrow();
    expect(() => checkAddresses(url, ['1.1.1.1', '10.0.0.1'], none)).toThrow(SourceError);
    expect(() => checkAddresses(url, ['10.0.0.1'], readAllowedHosts('models.example:443').hosts)).not.toThrow();
  });
});

describe('isPublicAddress', () => {
  it('knows addresses that DNS64 made by the one they stand for', () => {
    expect(['64:ff9b::1.1.1.1', '64:ff9b::808:808'].map(isPublicAddress)).toEqual([true, true]);
    expect(['64:ff9b::a00:1', '64:ff9b::1', '64:ff9b:1::101:101'].map(isPublicAddress)).toEqual([false, false, false]);
  });

  it('takes nothing that is no address', () => {
    expect(['', 'models.example', '1.1.1', '::1%lo'].map(isPublicAddress)).toEqual([false, false, false, false]);
  });
});

describe('readAllowedHosts', () => {
  it('names what is no host', () => {
    expect(readAllowedHosts('https://a, b/c, *.d, e:99999, [::1]:9000, ::1, f').problems).toHaveLength(4);
  });
});
