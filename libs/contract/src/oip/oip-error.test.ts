import { describe, expect, it } from 'vitest';
import { ERROR_CODES } from '../error-catalog.ts';
import { oipHttpStatus, toOipError, unknownModelMessage } from './oip-error.ts';

describe('an error of the protocol', () => {
  it('is its text, its code and the id of the request', () => {
    expect(toOipError('INPUT_MISMATCH', { message: 'Wrong.', requestId: 'r' })).toEqual({
      error: 'Wrong.',
      code: 'INPUT_MISMATCH',
      requestId: 'r',
    });
  });

  it.each(ERROR_CODES)('%s is never empty and has a status of its class', (code) => {
    expect(toOipError(code, { requestId: 'r' }).error).not.toBe('');
    expect(toOipError(code, { message: ' ', requestId: 'r' }).error.trim()).not.toBe('');
    expect(oipHttpStatus(code)).toBeGreaterThanOrEqual(400);
  });

  it('of wrong tensors is 400, not 422', () => {
    expect(oipHttpStatus('INPUT_MISMATCH')).toBe(400);
    expect(oipHttpStatus('MODEL_NOT_FOUND')).toBe(404);
    expect(oipHttpStatus('NOT_IMPLEMENTED')).toBe(501);
  });

  it('begins as clients expect it of an unknown model', () => {
    const longest = 'm'.repeat(64);

    expect(unknownModelMessage('iris')).toBe("Request for unknown model: 'iris' is not found.");
    expect(unknownModelMessage(longest)).toBe(`Request for unknown model: '${longest}' is not found.`);
    expect(unknownModelMessage('iris', '3')).toBe(
      `Request for unknown model: 'iris' is not found: it has no version "3".`,
    );
    expect(unknownModelMessage('a\n'.repeat(500)).length).toBeLessThan(120);
    expect(unknownModelMessage('a\nb')).not.toContain('\n');
  });
});
