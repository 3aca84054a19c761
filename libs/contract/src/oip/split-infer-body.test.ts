import { describe, expect, it } from 'vitest';
import { splitInferBody } from './split-infer-body.ts';
import { errorOf } from './testing/error-of.ts';

const body = Uint8Array.of(1, 2, 3, 4, 5);

describe('splitInferBody', () => {
  it('takes a body without the header for JSON', () => {
    expect(splitInferBody(body, undefined)).toEqual({ json: body, binary: new Uint8Array() });
  });

  it.each([
    ['1', 1],
    ['4', 4],
    ['5', 5],
  ])('splits behind %s bytes', (header, length) => {
    expect(splitInferBody(body, header)).toEqual({ json: body.slice(0, length), binary: body.slice(length) });
  });

  it('gives views of the body', () => {
    const parts = splitInferBody(body, '2');

    expect('json' in parts && [parts.json.buffer, parts.binary.buffer]).toEqual([body.buffer, body.buffer]);
  });

  it('takes the whole body for the tensor at 0', () => {
    expect(splitInferBody(body, '0')).toEqual({ raw: body });
  });

  it.each([
    '6',
    '-1',
    '+1',
    '1.0',
    '1e0',
    '0x1',
    '',
    ' ',
    'abc',
    '01',
    '00',
    '1, 1',
    '9'.repeat(400),
    '9223372036854775808',
  ])('refuses the header %j', (header) => {
    const error = errorOf(() => splitInferBody(body, header));

    expect(error.code).toBe('INVALID_REQUEST');
    expect(error.message).toContain('Inference-Header-Content-Length');
    expect(error.message.length).toBeLessThan(200);
  });
});
