import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPredictor } from '../create-predictor.ts';
import { anyTensor, bitsOf } from '../testing/any-tensor.ts';
import { json, problem, serve } from '../testing/serve.ts';
import { echo, readInfer } from '../testing/serve-infer.ts';
import type { InputTensor, InputTensors } from './tensor.ts';

const sent = async (tensors: InputTensors) => {
  await using server = await serve(echo);
  const { outputs } = await createPredictor({ baseUrl: server.url }).infer('echo', tensors);
  return { outputs, request: readInfer(server.seen[0]!) };
};

describe('infer', () => {
  it('gives every tensor of every datatype back bit for bit', async () => {
    await using server = await serve(echo);
    const predictor = createPredictor({ baseUrl: server.url });

    await fc.assert(
      fc.asyncProperty(fc.dictionary(fc.string(), anyTensor, { maxKeys: 4 }), async (tensors) => {
        const { outputs } = await predictor.infer('echo', tensors);

        expect(Object.keys(outputs).sort()).toEqual(Object.keys(tensors).sort());
        for (const [name, tensor] of Object.entries(tensors)) {
          expect(outputs[name]).toMatchObject({ datatype: tensor.datatype, shape: tensor.shape });
          expect(outputs[name]!.data.constructor).toBe(tensor.data.constructor);
          expect(bitsOf(outputs[name]!)).toEqual(bitsOf(tensor));
        }
      }),
      { seed: 5, numRuns: 300 },
    );
  });

  it.each<[string, InputTensor, string, number[]]>([
    ['Int8Array', { data: Int8Array.of(-1) }, 'INT8', [255]],
    ['Uint8Array', { data: Uint8Array.of(7) }, 'UINT8', [7]],
    ['Buffer', { data: Buffer.of(7) }, 'UINT8', [7]],
    ['Int16Array', { data: Int16Array.of(-2) }, 'INT16', [254, 255]],
    ['Int32Array', { data: Int32Array.of(1) }, 'INT32', [1, 0, 0, 0]],
    ['Uint32Array', { data: Uint32Array.of(1) }, 'UINT32', [1, 0, 0, 0]],
    ['BigInt64Array', { data: BigInt64Array.of(-(2n ** 63n)) }, 'INT64', [0, 0, 0, 0, 0, 0, 0, 128]],
    ['BigUint64Array', { data: BigUint64Array.of(2n ** 53n + 1n) }, 'UINT64', [1, 0, 0, 0, 0, 0, 32, 0]],
    ['Float16Array', { data: Float16Array.of(1) }, 'FP16', [0, 60]],
    ['Float32Array', { data: Float32Array.of(1) }, 'FP32', [0, 0, 128, 63]],
    ['Float64Array', { data: Float64Array.of(1) }, 'FP64', [0, 0, 0, 0, 0, 0, 240, 63]],
    ['Uint16Array with a datatype', { datatype: 'BF16', data: Uint16Array.of(0x3f80) }, 'BF16', [128, 63]],
    ['strings', { data: ['é', ''] }, 'BYTES', [2, 0, 0, 0, 0xc3, 0xa9, 0, 0, 0, 0]],
    ['Uint8Arrays', { data: [Uint8Array.of(255)] }, 'BYTES', [1, 0, 0, 0, 255]],
    ['booleans', { data: [true, false] }, 'BOOL', [1, 0]],
    ['Uint8Array with BOOL', { datatype: 'BOOL', data: Uint8Array.of(1) }, 'BOOL', [1]],
    ['nothing, with a datatype', { datatype: 'BYTES', data: [], shape: [0, 3] }, 'BYTES', []],
  ])('sends %s with the datatype it stands for', async (_what, tensor, datatype, bytes) => {
    const { request } = await sent({ x: tensor });

    expect(request.inputs[0]).toMatchObject({ name: 'x', datatype, shape: tensor.shape ?? [tensor.data.length] });
    expect([...request.bytes[0]!]).toEqual(bytes);
  });

  it('sends only what a view of larger memory covers', async () => {
    const { outputs } = await sent({ x: { data: Float32Array.of(1, 2, 3, 4).subarray(1, 3), shape: [1, 2] } });

    expect(outputs['x']).toEqual({ datatype: 'FP32', shape: [1, 2], data: Float32Array.of(2, 3) });
  });

  it('takes tensors as a list, in its order', async () => {
    const { request } = await sent([
      { name: '2', data: Int32Array.of(1) },
      { name: '1', data: ['a'] },
    ]);

    expect(request.inputs.map(({ name }) => name)).toEqual(['2', '1']);
  });

  it('keeps what it was given when the caller writes to it afterwards', async () => {
    await using server = await serve(echo);
    const data = Float32Array.of(1, 2);

    const call = createPredictor({ baseUrl: server.url }).infer('echo', { x: { data } });
    data.fill(9);

    expect((await call).outputs['x']?.data).toEqual(Float32Array.of(1, 2));
  });

  it('gives views of one reply, the first always aligned', async () => {
    const { outputs } = await sent({ a: { data: Float64Array.of(1, 2) }, b: { data: Float64Array.of(3) } });
    const [a, b] = [outputs['a']!.data, outputs['b']!.data] as [Float64Array, Float64Array];

    expect(b.buffer).toBe(a.buffer);
    expect(b.byteOffset).toBe(a.byteOffset + a.byteLength);
  });
});

describe('infer options', () => {
  it('name version, id, outputs, level and parameters', async () => {
    await using server = await serve(echo);
    const tensors = { a: { data: [true] }, b: { data: ['x'] } };

    const { data, requestId, response } = await createPredictor({ baseUrl: server.url, headers: { 'x-team': 'a' } })
      .infer('m/1', tensors, {
        version: '2',
        id: 'call-1',
        outputs: ['b', 'a'],
        level: 'row',
        parameters: { priority: 1 },
        headers: { 'x-key': 'k' },
      })
      .withResponse();

    const { path, headers } = server.seen[0]!;
    expect(path).toBe('/v2/models/m%2F1/versions/2/infer');
    expect(headers).toMatchObject({ 'content-type': 'application/octet-stream', 'x-team': 'a', 'x-key': 'k' });
    expect(readInfer(server.seen[0]!)).toMatchObject({
      id: 'call-1',
      parameters: { level: 'row', priority: 1, binary_data_output: true },
      outputs: ['b', 'a'].map((name) => ({ name, parameters: { binary_data: true } })),
    });
    expect(data).toMatchObject({ model: { name: 'echo', version: '1' }, id: 'call-1' });
    expect(data.outputs.b.datatype).toBe('BYTES');
    expect([requestId, response.status]).toEqual(['req-1', 200]);
  });

  it('repeat a 503 with the same bytes', async () => {
    await using server = await serve((response, seen, attempt) =>
      attempt === 1 ? problem(response, 503, 'OVERLOADED') : echo(response, seen, attempt),
    );

    await createPredictor({ baseUrl: server.url }).infer('echo', { x: { data: Float32Array.of(1) } });

    expect(server.seen[0]?.body).toEqual(server.seen[1]?.body);
  });

  it('end a call by its signal', async () => {
    await using server = await serve(() => {});
    const call = createPredictor({ baseUrl: server.url }).infer('echo', {}, { signal: AbortSignal.abort() });

    await expect(call).rejects.toMatchObject({ code: 'ABORTED' });
  });
});

describe('infer errors', () => {
  it('carry the code of the protocol’s error body', async () => {
    await using server = await serve((response) =>
      json(response, 400, { error: 'Wrong shape.', code: 'INPUT_MISMATCH', requestId: 'req-1' }),
    );

    await expect(createPredictor({ baseUrl: server.url }).infer('echo', {})).rejects.toMatchObject({
      name: 'InputMismatchError',
      code: 'INPUT_MISMATCH',
      status: 400,
      message: 'Wrong shape.',
      requestId: 'req-1',
    });
  });

  it.each<[string, unknown, string]>([
    ['too few elements', { data: Float32Array.of(1), shape: [2] }, 'shape [2] does not fit 1 elements'],
    ['a negative dim', { data: Float32Array.of(1), shape: [-1, -1] }, 'shape [-1,-1] does not fit 1 elements'],
    ['a shape that is none', { data: Float32Array.of(1), shape: 1 }, 'shape [1] does not fit 1 elements'],
    [
      'a size beyond 2^53',
      { data: new Int8Array(), shape: [2 ** 60, 0] },
      `shape [${2 ** 60},0] does not fit 0 elements`,
    ],
    [
      'an unknown datatype',
      { data: Int8Array.of(1), datatype: 'I8' },
      'data of Int8Array has the datatype INT8, got I8',
    ],
    ['a wrong datatype', { data: ['1'], datatype: 'FP32' }, 'data of string[] has the datatype BYTES, got FP32'],
    ['plain numbers', { data: [1, 2] }, 'data of number[] has the datatype none, got undefined'],
    ['mixed types', { data: ['a', true] }, 'data of string|boolean[] has the datatype none, got undefined'],
    [
      'a Uint16Array alone',
      { data: Uint16Array.of(1) },
      'data of Uint16Array has the datatype UINT16 or FP16 or BF16, got undefined',
    ],
    ['an empty list', { data: [] }, 'data of [] has the datatype BYTES or BOOL, got undefined'],
    ['no data', {}, 'data of undefined has the datatype none, got undefined'],
    ['half a character', { data: ['\ud83d'] }, 'a string has half a character'],
  ])('refuse %s before anything is sent', async (_what, tensor, told) => {
    const call = createPredictor({ baseUrl: 'http://127.0.0.1:9' }).infer('m', { x: tensor as InputTensor });

    await expect(call).rejects.toMatchObject({
      name: 'InvalidInputError',
      code: 'INVALID_INPUT',
      message: `Tensor "x": ${told}.`,
    });
  });

  it('refuse parameters that JSON would change', async () => {
    const predictor = createPredictor({ baseUrl: 'http://127.0.0.1:9' });

    await expect(predictor.infer('m', {}, { parameters: { p: NaN } })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });
});

describe('modelMetadata', () => {
  it('tells the tensors of a version', async () => {
    const metadata = { name: 'm', versions: ['1'], platform: 'onnxruntime_onnx', inputs: [], outputs: [] };
    await using server = await serve((response) => json(response, 200, metadata));

    expect(await createPredictor({ baseUrl: server.url }).modelMetadata('m', { version: '1' })).toEqual(metadata);
    expect(server.seen[0]).toMatchObject({ method: 'GET', path: '/v2/models/m/versions/1' });
  });
});
