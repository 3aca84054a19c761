import { describe, expect, it } from 'vitest';
import { checkRequestParameters, requestedOutput, timeoutOf } from './parameters.ts';
import { errorOf } from './testing/error-of.ts';
import { requestOf } from './testing/oip-models.ts';

describe('timeoutOf', () => {
  it.each([
    [undefined, undefined],
    [0, undefined],
    [0n, undefined],
    [1, 0.001],
    [1_500_000, 1500],
    [2_000_000n, 2000],
  ])('reads %s microseconds as %s ms', (timeout, expected) => {
    expect(timeoutOf(requestOf({ parameters: timeout === undefined ? {} : { timeout } }))).toBe(expected);
  });

  it.each([-1, -1n, 0.5, NaN, Infinity, '5', true])('refuses %s', (timeout) => {
    expect(errorOf(() => timeoutOf(requestOf({ parameters: { timeout } }))).code).toBe('INVALID_REQUEST');
  });
});

describe('requestedOutput', () => {
  it('reads form and classes, also of a transport with 64-bit integers', () => {
    expect(requestedOutput('y', { binary_data: true, classification: 3n, other: 1 })).toEqual({
      name: 'y',
      binary: true,
      classes: 3,
    });
    expect(requestedOutput('y')).toEqual({ name: 'y' });
  });

  it.each([0, 0n, -1, 1.5, '3', true])('refuses %s classes', (classification) => {
    expect(errorOf(() => requestedOutput('y', { classification })).code).toBe('INVALID_REQUEST');
  });
});

describe('checkRequestParameters', () => {
  it('lets pass what it knows and what nobody reserved', () => {
    checkRequestParameters({ priority: 1, timeout: 5n, typed_contents: true, level: 'row', mine: 1, __proto__x: 2 });
    checkRequestParameters({ triton_enable_empty_final_response: true });
  });

  it('takes a name that objects have for any other', () => {
    checkRequestParameters(JSON.parse('{"__proto__":1,"constructor":true,"toString":"x"}') as Record<string, number>);
  });

  it.each([{ headers: 1 }, { triton_final_response: true }, { typed_contents: 1 }, { level: true }])(
    'refuses %j',
    (parameters) => {
      expect(errorOf(() => checkRequestParameters(parameters)).code).toBe('INVALID_REQUEST');
    },
  );

  it.each([{ sequence_id: 1n }, { sequence_end: true }])('does not offer %o', (parameters) => {
    expect(errorOf(() => checkRequestParameters(parameters)).code).toBe('NOT_IMPLEMENTED');
  });
});
