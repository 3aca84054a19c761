import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPredictor } from '../create-predictor.ts';
import { isPredictorError } from '../predictor-error.ts';
import { serve } from '../testing/serve.ts';
import type { Answer } from '../testing/serve.ts';
import { replyWith } from '../testing/serve-infer.ts';

const output = (shape: unknown, size: unknown, more: object = {}) => ({
  name: 'y',
  datatype: 'FP32',
  shape,
  parameters: { binary_data_size: size },
  ...more,
});

const answered = (outputs: unknown, more: object = {}) => ({ model_name: 'm', model_version: '1', outputs, ...more });

const infer = async (answer: Answer, outputs?: readonly string[]) => {
  await using server = await serve(answer);
  return await createPredictor({ baseUrl: server.url }).infer('m', {}, outputs === undefined ? {} : { outputs });
};

const eight = new Uint8Array(8);

describe('a reply that is wrong', () => {
  it.each<[string, Answer, string]>([
    [
      'cut in its bytes',
      replyWith(answered([output([2], 8)]), eight.subarray(1)),
      'its sizes do not add up to its bytes',
    ],
    ['with bytes left over', replyWith(answered([output([1], 4)]), eight), 'its sizes do not add up to its bytes'],
    ['with a negative size', replyWith(answered([output([0], -4), output([3], 12)]), eight), 'its sizes do not add up'],
    ['with a size that is text', replyWith(answered([output([2], '8')]), eight), 'its sizes do not add up'],
    ['with a fraction of a byte', replyWith(answered([output([2], 7.5)]), eight), 'its sizes do not add up'],
    [
      'of JSON where bytes were asked for',
      replyWith(answered([output([1], undefined, { data: [1] })])),
      'its sizes do',
    ],
    ['of another shape', replyWith(answered([output([3], 8)]), eight), 'output "y" has bytes that are not FP32 [3]'],
    ['of half an element', replyWith(answered([output([2], 7)]), eight.subarray(1)), 'has bytes that are not FP32 [2]'],
    ['of a shape that is none', replyWith(answered([output('2', 8)]), eight), 'has bytes that are not FP32 [2]'],
    ['of a negative shape', replyWith(answered([output([-1, -2], 8)]), eight), 'has bytes that are not FP32 [-1,-2]'],
    ['of an unknown datatype', replyWith(answered([output([2], 8, { datatype: 'FP8' })]), eight), 'unknown datatype'],
    [
      'of a datatype in a list',
      replyWith(answered([output([2], 8, { datatype: ['FP32'] })]), eight),
      'unknown datatype',
    ],
    ['of an inherited datatype', replyWith(answered([output([0], 0, { datatype: 'toString' })])), 'unknown datatype'],
    ['of a BOOL of 2', replyWith(answered([output([1], 1, { datatype: 'BOOL' })]), Uint8Array.of(2)), 'not BOOL [1]'],
    [
      'of BYTES beyond the end',
      replyWith(answered([output([1], 4, { datatype: 'BYTES' })]), Uint8Array.of(9, 0, 0, 0)),
      'not BYTES [1]',
    ],
    [
      'of BYTES without a whole length',
      replyWith(answered([output([1], 3, { datatype: 'BYTES' })]), new Uint8Array(3)),
      'not BYTES [1]',
    ],
    [
      'of a nameless output',
      replyWith(answered([output([2], 8, { name: 1 })]), eight),
      'a name or its outputs are missing',
    ],
    ['of outputs that are none', replyWith(answered({})), 'a name or its outputs are missing'],
    ['of an output that is none', replyWith(answered([null])), 'a name or its outputs are missing'],
    ['of no model', replyWith(answered([], { model_name: undefined })), 'a name or its outputs are missing'],
    ['with a name twice', replyWith(answered([output([1], 4), output([1], 4)]), eight), 'two outputs share a name'],
    [
      'with a header beyond its end',
      replyWith(answered([]), undefined, { 'inference-header-content-length': '999' }),
      '',
    ],
    [
      'with a header that is none',
      replyWith(answered([]), undefined, { 'inference-header-content-length': 'x' }),
      'not a JSON object',
    ],
    [
      'with a negative header',
      replyWith(answered([]), undefined, { 'inference-header-content-length': '-1' }),
      'not a JSON object',
    ],
    ['of no JSON', (response) => response.end('hello'), 'it is not a JSON object'],
    ['of nothing', (response) => response.end(), 'it is not a JSON object'],
  ])('is a typed error: %s', async (_what, answer, told) => {
    await expect(infer(answer)).rejects.toMatchObject({
      name: 'InvalidResponseError',
      code: 'INVALID_RESPONSE',
      message: expect.stringContaining(told) as string,
    });
  });

  it('is one that lacks an output that was asked for', async () => {
    await expect(infer(replyWith(answered([output([2], 8)]), eight), ['y', 'z'])).rejects.toMatchObject({
      code: 'INVALID_RESPONSE',
      message: 'The answer is not as the contract says: output "z" is missing.',
    });
  });

  it('is never anything but an answer or a typed error, whatever was changed in it', async () => {
    const json = Buffer.from(
      JSON.stringify(answered([output([2], 8), output([1], 5, { name: 'z', datatype: 'BYTES' })])),
    );
    const right = Buffer.concat([json, eight, Uint8Array.of(1, 0, 0, 0, 65)]);
    let body = right;
    await using server = await serve((response) =>
      response.writeHead(200, { 'inference-header-content-length': String(json.length) }).end(body),
    );
    const predictor = createPredictor({ baseUrl: server.url });
    const change = fc.record({ at: fc.nat(right.length - 1), to: fc.integer({ min: 0, max: 255 }), cut: fc.nat(3) });

    await fc.assert(
      fc.asyncProperty(change, async ({ at, to, cut }) => {
        body = Buffer.from(right.subarray(0, right.length - cut));
        body[Math.min(at, body.length - 1)] = to;
        const outcome: unknown = await predictor.infer('m', {}).catch((error: unknown) => error);
        expect(isPredictorError(outcome) ? outcome.code : 'OK').toMatch(/^(OK|INVALID_RESPONSE)$/);
      }),
      { seed: 3, numRuns: 500 },
    );
  });
});

describe('a reply of many shapes', () => {
  it('may have outputs without bytes and then no header', async () => {
    const json = JSON.stringify(answered([output([0, 3], 0)], { model_version: undefined }));
    const result = await infer((response) => response.end(json));

    expect(result).toEqual({
      model: { name: 'm', version: undefined },
      id: undefined,
      outputs: { y: { datatype: 'FP32', shape: [0, 3], data: new Float32Array() } },
    });
  });

  it('keeps an output of any name', async () => {
    const { outputs } = await infer(replyWith(answered([output([2], 8, { name: '__proto__' })]), eight));

    expect(Object.keys(outputs)).toEqual(['__proto__']);
  });
});
