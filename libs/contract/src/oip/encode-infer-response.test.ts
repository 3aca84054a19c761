import { describe, expect, it } from 'vitest';
import { tensor } from '@web-single/tensor';
import type { Tensor } from '@web-single/tensor';
import { encodeInferResponse } from './encode-infer-response.ts';
import type { EncodedInferResponse } from './encode-infer-response.ts';
import type { InferRequest, InferResponse } from './message.ts';
import { errorOf } from './testing/error-of.ts';
import { requestOf } from './testing/oip-models.ts';
import { wireTensor } from './wire-tensor.ts';

const responseOf = (
  outputs: Readonly<Record<string, Tensor>>,
  changes: Partial<InferResponse> = {},
): InferResponse => ({
  modelName: 'm',
  modelVersion: '1',
  outputs: Object.entries(outputs).map(([name, output]) => wireTensor(name, output)),
  ...changes,
});

const textOf = ({ chunks }: EncodedInferResponse): string => {
  const decoder = new TextDecoder();
  return chunks.map((chunk) => decoder.decode(chunk, { stream: true })).join('');
};

const json = { binaryOutputs: false };
const binary = { binaryOutputs: true };
const encode = (outputs: Readonly<Record<string, Tensor>>, request: Partial<InferRequest> = json) =>
  encodeInferResponse(responseOf(outputs), requestOf(request));

const floats = tensor('float32', [2], Float32Array.of(1, 2));

describe('encodeInferResponse', () => {
  it('writes JSON without the length where no output is bytes', () => {
    const encoded = encodeInferResponse(
      responseOf({ y: floats }, { id: 'a"', parameters: { big: 9007199254740993n, x: 'ä' } }),
      requestOf(json),
    );

    expect(textOf(encoded)).toBe(
      '{"model_name":"m","model_version":"1","id":"a\\"","parameters":{"big":9007199254740993,"x":"ä"},' +
        '"outputs":[{"name":"y","shape":[2],"datatype":"FP32","data":[1,2]}]}',
    );
    expect(encoded).toMatchObject({
      contentType: 'application/json',
      sizeBytes: new TextEncoder().encode(textOf(encoded)).length,
    });
    expect(encoded).not.toHaveProperty('headerLength');
  });

  it('gives the bytes of a tensor as a view of its memory, behind JSON that says their number', () => {
    const encoded = encode({ y: floats }, binary);
    const [head, bytes] = encoded.chunks;

    expect(JSON.parse(new TextDecoder().decode(head))).toEqual({
      model_name: 'm',
      model_version: '1',
      outputs: [{ name: 'y', shape: [2], datatype: 'FP32', parameters: { binary_data_size: 8 } }],
    });
    expect(bytes?.buffer).toBe(floats.data.buffer);
    expect(encoded).toMatchObject({
      contentType: 'application/octet-stream',
      headerLength: head?.length,
      sizeBytes: (head?.length ?? 0) + 8,
    });
  });

  it.each<[string, Partial<InferRequest>, readonly boolean[]]>([
    ['JSON by default', {}, [false, false]],
    ['all as bytes', binary, [true, true]],
    ['one as bytes', { ...json, outputs: [{ name: 'a', binary: true }, { name: 'b' }] }, [true, false]],
    ['one not as bytes', { ...binary, outputs: [{ name: 'a' }, { name: 'b', binary: false }] }, [true, false]],
  ])('gives %s', (_, request, expected) => {
    const encoded = encode({ a: floats, b: tensor('int8', [1], Int8Array.of(-5)) }, request);
    const head = textOf({
      ...encoded,
      chunks: encoded.chunks.slice(0, encoded.chunks.length - expected.filter(Boolean).length),
    });
    const { outputs } = JSON.parse(head) as { outputs: readonly object[] };

    expect(outputs.map((output) => 'parameters' in output)).toEqual(expected);
    expect(encoded.headerLength).toBe(expected.includes(true) ? new TextEncoder().encode(head).length : undefined);
  });

  it('leaves the length out where the binary tensors have no bytes', () => {
    const encoded = encode({ y: tensor('float32', [0], new Float32Array()) }, binary);

    expect(encoded.contentType).toBe('application/json');
    expect(encoded).not.toHaveProperty('headerLength');
    expect(JSON.parse(textOf(encoded))).toMatchObject({ outputs: [{ parameters: { binary_data_size: 0 } }] });
  });

  it('counts the length prefixes of BYTES', () => {
    const encoded = encode({ y: tensor('string', [2], ['ä', '']) }, binary);

    expect(encoded.chunks.at(-1)).toEqual(Uint8Array.of(2, 0, 0, 0, 0xc3, 0xa4, 0, 0, 0, 0));
    expect(textOf(encoded)).toContain('"binary_data_size":10');
  });

  it.each<[Tensor, string]>([
    [tensor('float32', [5], Float32Array.of(0.1, NaN, -Infinity, -0, 1e-45)), '[0.1,null,null,-0,1e-45]'],
    [tensor('float64', [4], Float64Array.of(0.1, NaN, Infinity, -0)), '[0.1,null,null,-0]'],
    [
      tensor('int64', [2], BigInt64Array.of(9007199254740993n, -(2n ** 63n))),
      '[9007199254740993,-9223372036854775808]',
    ],
    [tensor('uint64', [1], BigUint64Array.of(2n ** 64n - 1n)), '[18446744073709551615]'],
    [tensor('bool', [2], Uint8Array.of(1, 0)), '[true,false]'],
    [tensor('uint8', [2, 1], Uint8Array.of(1, 2)), '[1,2]'],
    [tensor('string', [2], ['"\u2028', '\u0001']), '["\\"\u2028","\\u0001"]'],
    [tensor('float32', [0], new Float32Array()), '[]'],
    [tensor('float32', [], Float32Array.of(2.5)), '[2.5]'],
  ])('prints %o', (output, data) => {
    const text = textOf(encode({ y: output }));

    expect(text).toContain(`"data":${data}}`);
    JSON.parse(text);
  });

  it('does not print FP16, and no bytes that are no text', () => {
    const bytes: InferResponse = {
      ...responseOf({}),
      outputs: [{ name: 'y', shape: [1], datatype: 'BYTES', elements: [Uint8Array.of(0xff)] }],
    };

    expect(errorOf(() => encode({ y: tensor('float16', [1], Uint16Array.of(1)) })).message).toContain(
      'FP16 has no JSON form',
    );
    expect(errorOf(() => encodeInferResponse(bytes, requestOf(json))).code).toBe('INVALID_REQUEST');
  });
});
