import type { DescMessage } from '@bufbuild/protobuf';
import { GRPCInferenceService } from '@web-single/contract';
import { describe, expect, it } from 'vitest';
import { startTestServer } from './testing/test-server.ts';

const { method } = GRPCInferenceService;
const floats = (...values: number[]): Uint8Array => new Uint8Array(Float32Array.from(values).buffer);
const input = { name: 'x', datatype: 'FP32', shape: [1n, 2n] };
const inferOf = (values: number[] = [1, 2]) => ({
  modelName: 'echo',
  inputs: [input],
  rawInputContents: [floats(...values)],
});

describe('the inference service, facts', () => {
  it('says what the server and its models are', async () => {
    await using server = await startTestServer();
    const { client } = server;
    const echo = { name: 'echo' };

    expect((await client.unary(method.serverLive, {})).message.live).toBe(true);
    expect((await client.unary(method.serverReady, {})).message.ready).toBe(true);
    expect((await client.unary(method.modelReady, echo)).message.ready).toBe(true);
    expect((await client.unary(method.serverMetadata, {})).message.name).toBe('web-single');
    expect((await client.unary(method.modelMetadata, echo)).message.inputs[0]?.shape).toEqual([-1n, 2n]);
    expect((await client.unary(method.modelConfig, echo)).message.config?.maxBatchSize).toBe(4);
    expect((await client.unary(method.modelStatistics, {})).message.modelStats[0]?.name).toBe('echo');
  });

  it('lists the repository, ready models only where asked', async () => {
    await using server = await startTestServer();
    server.calls.models.set('slow', false);

    const all = await server.client.unary(method.repositoryIndex, {});
    const ready = await server.client.unary(method.repositoryIndex, { ready: true });

    expect(all.message.models.map(({ name, state }) => `${name} ${state}`)).toEqual(['echo READY', 'slow LOADING']);
    expect(ready.message.models.map(({ name }) => name)).toEqual(['echo']);
  });

  it('takes an empty version for none', async () => {
    await using server = await startTestServer();

    await server.client.unary(method.modelInfer, inferOf());
    await server.client.unary(method.modelInfer, { ...inferOf(), modelVersion: '1' });

    expect(server.calls.seen.map(({ version }) => version)).toEqual([undefined, '1']);
  });
});

describe('the inference service, ModelInfer', () => {
  it('answers raw contents, id and model', async () => {
    await using server = await startTestServer();

    const { message } = await server.client.unary(method.modelInfer, { ...inferOf([0.5, -1]), id: 'a' });

    expect(message).toMatchObject({ modelName: 'echo', modelVersion: '1', id: 'a' });
    expect(message.outputs[0]).toMatchObject({ name: 'x', datatype: 'FP32', shape: [1n, 2n] });
    expect(message.outputs[0]?.contents).toBeUndefined();
    expect(message.rawOutputContents).toEqual([floats(0.5, -1)]);
  });

  it('answers typed requests raw as well, typed contents where asked', async () => {
    await using server = await startTestServer();
    const typed = { modelName: 'echo', inputs: [{ ...input, contents: { fp32Contents: [1, 2] } }] };
    const typedContents = { typed_contents: { parameterChoice: { case: 'boolParam' as const, value: true } } };

    const raw = await server.client.unary(method.modelInfer, typed);
    const asked = await server.client.unary(method.modelInfer, { ...typed, parameters: typedContents });

    expect(raw.message.rawOutputContents).toEqual([floats(1, 2)]);
    expect(asked.message.rawOutputContents).toEqual([]);
    expect(asked.message.outputs[0]?.contents?.fp32Contents).toEqual([1, 2]);
  });

  it('carries a tensor of 16 MiB there and back', async () => {
    await using server = await startTestServer();
    const bytes = new Uint8Array(16 * 2 ** 20).fill(7);
    const large = { name: 'x', datatype: 'UINT8', shape: [BigInt(bytes.length)] };

    const { message } = await server.client.unary(method.modelInfer, {
      modelName: 'echo',
      inputs: [large],
      rawInputContents: [bytes],
    });

    expect(Buffer.compare(message.rawOutputContents[0]!, bytes)).toBe(0);
  });

  it('keeps a plain request id and makes one where it is not', async () => {
    await using server = await startTestServer();

    const kept = await server.client.unary(method.modelInfer, inferOf(), { metadata: { 'x-request-id': 'caller-7' } });
    const made = await server.client.unary(method.modelInfer, inferOf(), { metadata: { 'x-request-id': 'a b' } });

    expect(kept.trailers.get('x-request-id')).toEqual(['caller-7']);
    expect(made.trailers.get('x-request-id')[0]).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('tells code, request id and retry hint of an error', async () => {
    await using server = await startTestServer();
    const overloaded = Object.assign(new Error('Too much waits.'), { code: 'OVERLOADED', retryAfterMs: 250 });
    server.calls.answer = () => Promise.reject(overloaded);

    const error = await server.client.failure(method.modelInfer, inferOf(), { metadata: { 'x-request-id': 'r' } });

    expect(error).toMatchObject({ code: 8, details: 'Too much waits.' });
    expect(error.metadata.getMap()).toMatchObject({
      'x-error-code': 'OVERLOADED',
      'x-request-id': 'r',
      'retry-after-ms': '250',
      'grpc-retry-pushback-ms': '250',
    });
  });

  it('hides what was not foreseen, and logs it under the request id', async () => {
    await using server = await startTestServer();
    server.calls.answer = () => Promise.reject(new Error('secret'));

    const error = await server.client.failure(method.modelInfer, inferOf(), { metadata: { 'x-request-id': 'r' } });

    expect(error.code).toBe(13);
    expect(error.details).not.toContain('secret');
    expect(server.lines).toContainEqual(
      expect.objectContaining({ requestId: 'r', err: expect.objectContaining({ message: 'secret' }) }),
    );
  });
});

describe('the inference service, what is not offered', () => {
  it.each([
    method.repositoryModelLoad,
    method.repositoryModelUnload,
    method.systemSharedMemoryStatus,
    method.systemSharedMemoryRegister,
    method.systemSharedMemoryUnregister,
    method.cudaSharedMemoryStatus,
    method.cudaSharedMemoryRegister,
    method.cudaSharedMemoryUnregister,
    method.traceSetting,
    method.logSettings,
  ])('answers $name with UNIMPLEMENTED and a reason', async (call) => {
    await using server = await startTestServer();

    const error = await server.client.failure<DescMessage, DescMessage>(call, {});

    expect(error.code).toBe(12);
    expect(error.details).toMatch(/^.{20,}\.$/);
  });
});
