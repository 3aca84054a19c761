import { describe, expect, it } from 'vitest';
import { formatGrpcTimeout, parseGrpcTimeout } from './grpc-timeout.ts';

describe('parseGrpcTimeout', () => {
  it.each([
    ['5S', 5000],
    ['250m', 250],
    ['1H', 3_600_000],
    ['2M', 120_000],
    ['1500u', 1.5],
    ['1000000n', 1],
    ['99999999H', 99_999_999 * 3_600_000],
  ])('reads %s', (value, timeoutMs) => {
    expect(parseGrpcTimeout(value)).toBeCloseTo(timeoutMs);
  });

  it.each(['', 'S', '5', '5s', '-5S', '1.5S', '123456789S', '5S5S', ' 5S', '5constructor'])('refuses %j', (value) => {
    expect(parseGrpcTimeout(value)).toBeUndefined();
  });
});

describe('formatGrpcTimeout', () => {
  it.each([
    [1, '1m'],
    [0.2, '1m'],
    [31_000, '31000m'],
    [100_000_000, '100000S'],
    [Infinity, '99999999S'],
  ])('writes %d ms as %s', (timeoutMs, value) => {
    expect(formatGrpcTimeout(timeoutMs)).toBe(value);
  });
});
