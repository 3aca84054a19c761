import { ContractError, ERROR_CATALOG, ERROR_CODES } from '@web-single/contract';
import { describe, expect, it } from 'vitest';
import { statusOf } from './call-status.ts';

describe('statusOf', () => {
  it.each(ERROR_CODES.filter((code) => code !== 'INTERNAL'))('maps %s as the catalogue says', (code) => {
    const { code: number, details, metadata } = statusOf(new ContractError(code, 'Why.'), 'r-1');

    expect(number).toBe(ERROR_CATALOG[code].grpcStatus.number);
    expect(details).toBe('Why.');
    expect(metadata.getMap()).toEqual({ 'x-error-code': code, 'x-request-id': 'r-1' });
  });

  it.each([
    new Error('secret /path'),
    new ContractError('INTERNAL', 'secret'),
    Object.assign(new Error('secret'), { code: 'ENOENT' }),
    'secret',
  ])('hides what was not foreseen', (error) => {
    const { code, details, metadata } = statusOf(error, 'r-1');

    expect(code).toBe(13);
    expect(details).not.toContain('secret');
    expect(metadata.get('x-error-code')).toEqual(['INTERNAL']);
  });

  it('says when a retry may help', () => {
    const error = Object.assign(new ContractError('OVERLOADED', 'Later.'), { retryAfterMs: 120.5 });

    expect(statusOf(error, 'r-1').metadata.getMap()).toMatchObject({
      'retry-after-ms': '121',
      'grpc-retry-pushback-ms': '121',
    });
  });

  it('keeps the text short, and sendable where it is cut', () => {
    const { details } = statusOf(new ContractError('INVALID_REQUEST', `${'a'.repeat(999)}😀`), 'r-1');

    expect(details).toHaveLength(1000);
    expect(() => encodeURI(details)).not.toThrow();
  });
});
