import { describe, expect, it } from 'vitest';
import { codeOfHttpStatus, ERROR_CATALOG, ERROR_CODES, GRPC_STATUS, isErrorCode } from './error-catalog.ts';

describe('error catalogue', () => {
  it('has every status the server may answer', () => {
    const statuses = new Set(ERROR_CODES.map((code) => ERROR_CATALOG[code].httpStatus));

    for (const status of [400, 401, 403, 404, 405, 408, 413, 415, 422, 429, 499, 500, 501, 503, 504]) {
      expect(statuses).toContain(status);
    }
  });

  it('gives each gRPC status its own number', () => {
    for (const { grpcStatus } of Object.values(ERROR_CATALOG)) {
      expect(grpcStatus.number).toBe(GRPC_STATUS[grpcStatus.name]);
    }
    expect(new Set(Object.values(GRPC_STATUS)).size).toBe(Object.keys(GRPC_STATUS).length);
  });

  it('calls retryable only what another attempt may cure: 429 and 503', () => {
    for (const { httpStatus, retryable } of Object.values(ERROR_CATALOG)) {
      expect(retryable).toBe(httpStatus === 429 || httpStatus === 503);
    }
  });

  it('speaks in full sentences', () => {
    for (const { title, remedy } of Object.values(ERROR_CATALOG)) {
      expect(title).toMatch(/^[A-Z].*\.$/);
      expect(remedy).toMatch(/^.*[.}]$/s);
    }
  });

  it('finds the code for a bare status, and a class for an unknown one', () => {
    expect(codeOfHttpStatus(413)).toBe('PAYLOAD_TOO_LARGE');
    expect(codeOfHttpStatus(404)).toBe('NOT_FOUND');
    expect(codeOfHttpStatus(500)).toBe('INTERNAL');
    expect(codeOfHttpStatus(503)).toBe('OVERLOADED');
    expect(codeOfHttpStatus(431)).toBe('INVALID_REQUEST');
    expect(codeOfHttpStatus(507)).toBe('INTERNAL');
  });

  it('recognises its own codes only', () => {
    expect(isErrorCode('OVERLOADED')).toBe(true);
    expect(isErrorCode('toString')).toBe(false);
    expect(isErrorCode(503)).toBe(false);
  });
});
