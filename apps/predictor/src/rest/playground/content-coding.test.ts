import { describe, expect, it } from 'vitest';
import { chooseCoding } from './content-coding.ts';

const ALL = { identity: 3, gzip: 2, br: 1 };

describe('chooseCoding', () => {
  it.each([
    [undefined, 'identity'],
    ['', 'identity'],
    ['gzip, deflate, br, zstd', 'br'],
    ['gzip, deflate', 'gzip'],
    ['GZIP', 'gzip'],
    ['deflate', 'identity'],
    ['*', 'br'],
    ['br;q=0, *', 'gzip'],
    ['br;q=0.5, gzip', 'gzip'],
    ['br;q=0.001,gzip;q=0', 'br'],
    ['identity, br;q=0.5', 'identity'],
    ['gzip; q=1.0; x=y', 'gzip'],
    ['br;q=nonsense', 'identity'],
    ['br;q=2', 'identity'],
    ['identity;q=0', 'identity'],
    ['*;q=0', 'identity'],
    [',,;;q=', 'identity'],
  ])('%j: %s', (accepted, coding) => {
    expect(chooseCoding(accepted, ALL)).toBe(coding);
  });

  it('takes what there is', () => {
    expect(chooseCoding('br, gzip;q=0.5', { identity: 3, gzip: 2 })).toBe('gzip');
    expect(chooseCoding('br, gzip', { identity: 3 })).toBe('identity');
  });
});
