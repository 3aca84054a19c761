import { once } from 'node:events';
import { constants } from 'node:http2';
import { gzipSync } from 'node:zlib';
import { toBinary } from '@bufbuild/protobuf';
import { create } from '@bufbuild/protobuf';
import { GRPCInferenceService, Health, ServerReflection, type InferResponse } from '@web-single/contract';
import { describe, expect, it } from 'vitest';
import type { InferCall } from '../oip/inference-calls.ts';
import { echo } from './testing/fake-inference-calls.ts';
import { callHeaders, frame, openSession, rawCall } from './testing/raw-call.ts';
import { drainStream, TestClient } from './testing/test-client.ts';
import { startTestServer, type TestServer } from './testing/test-server.ts';

const { modelInfer, modelReady, repositoryModelLoad, repositoryModelUnload } = GRPCInferenceService.method;
const route = '/inference.GRPCInferenceService/ModelInfer';
const input = { name: 'x', datatype: 'FP32', shape: [1n, 1n] };
const raw = new Uint8Array(4);
const valid = { modelName: 'echo', inputs: [input], rawInputContents: [raw] };
const validBody = frame(toBinary(modelInfer.input, create(modelInfer.input, valid)));

/** Every row ends with this: the server still answers. */
async function expectAlive({ client }: TestServer): Promise<void> {
  expect((await client.unary(modelInfer, valid)).message.rawOutputContents).toEqual([raw]);
}

describe('G1: raw and typed contents', () => {
  it.each([
    ['too few raw contents', { ...valid, inputs: [input, { ...input, name: 'y' }] }],
    ['too many raw contents', { ...valid, rawInputContents: [raw, raw] }],
    ['contents and raw', { ...valid, inputs: [{ ...input, contents: { fp32Contents: [1] } }] }],
  ])('refuses %s', async (_name, request) => {
    await using server = await startTestServer();

    expect((await server.client.failure(modelInfer, request)).code).toBe(3);
    expect(server.calls.seen).toEqual([]);
    await expectAlive(server);
  });

  it('refuses what is no protobuf without saying what it read', async () => {
    await using server = await startTestServer();

    const answer = await rawCall(server.running.address, route, { body: frame(Buffer.from('secret, not protobuf')) });

    expect(answer).toMatchObject({ 'grpc-status': '3', 'x-error-code': 'INVALID_REQUEST' });
    expect(answer['grpc-message']).not.toContain('secret');
    await expectAlive(server);
  });
});

describe('G2: what there is not', () => {
  it.each(['/inference.GRPCInferenceService/Nothing', '/other.Service/Method', '/', '//', '/constructor/toString'])(
    'answers %s with UNIMPLEMENTED',
    async (path) => {
      await using server = await startTestServer();

      expect((await rawCall(server.running.address, path))['grpc-status']).toBe('12');
      await expectAlive(server);
    },
  );

  it('answers NOT_FOUND for an unknown model or version, in the words clients look for', async () => {
    await using server = await startTestServer();

    const unknown = await server.client.failure(modelInfer, { ...valid, modelName: 'nobody\n😀' });
    const version = await server.client.failure(modelReady, { name: 'echo', version: '7' });

    expect(unknown.code).toBe(5);
    expect(unknown.details).toMatch(/^Request for unknown model: 'nobody\n😀' is not found/);
    expect(version.code).toBe(5);
    await expectAlive(server);
  });
});

describe('G2: headers', () => {
  it('repeats no more than the beginning of a long path', async () => {
    await using server = await startTestServer();

    const answer = await rawCall(server.running.address, `/${'x'.repeat(20_000)}`);

    expect(answer['grpc-status']).toBe('12');
    expect(answer['grpc-message']?.length).toBeLessThan(300);
  });

  it('prints nothing of what callers send', async () => {
    await using server = await startTestServer();
    const { error } = console;
    const printed: unknown[] = [];
    console.error = (...line: unknown[]) => void printed.push(line);

    const headers = { authorization: 'Bearer s\u00e9cret', 'web-single-call': '7', 'x-request-id': ['a', 'b'] };
    const answer = await rawCall(server.running.address, route, { headers, body: validBody });
    console.error = error;

    expect(answer['grpc-status']).toBe('0');
    expect(printed).toEqual([]);
    expect(JSON.stringify(server.lines)).not.toContain('cret');
  });
});

describe('G3: deadlines', () => {
  const timed = async (server: TestServer, timeout: string | undefined) => {
    const headers = timeout === undefined ? {} : { 'grpc-timeout': timeout };
    const before = performance.now();
    const answer = await rawCall(server.running.address, route, { headers, body: validBody });
    return { answer, leftMs: (server.calls.seen[0]?.deadlineMs ?? Number.NaN) - before };
  };

  it.each([
    [undefined, 30_000],
    ['99999999H', 120_000],
    ['2592000S', 120_000],
    ['5S', 5000],
  ])('gives a call with the time-out %s at most %d ms', async (timeout, expectedMs) => {
    await using server = await startTestServer();

    const { answer, leftMs } = await timed(server, timeout);

    expect(answer['grpc-status']).toBe('0');
    expect(leftMs).toBeGreaterThan(expectedMs - 1);
    expect(leftMs).toBeLessThan(expectedMs + 2000);
  });

  it.each(['soon', '5', '-1S', '1.5S', '5S5S', '123456789S', '\u00e9'])('refuses the time-out %j', async (timeout) => {
    await using server = await startTestServer();

    expect((await timed(server, timeout)).answer['grpc-status']).toBe('13');
    await expectAlive(server);
  });

  it('ends after 1 ms, and the work with it', async () => {
    await using server = await startTestServer();
    const dropped = new Promise<void>((resolve) => {
      server.calls.answer = ({ signal }) =>
        new Promise(() => (signal.aborted ? resolve() : signal.addEventListener('abort', () => resolve())));
    });

    const { answer } = await timed(server, '1m');

    expect(answer['grpc-status']).toBe('4');
    if (server.calls.seen.length > 0) await dropped;
    server.calls.answer = (call) => Promise.resolve(echo(call));
    await expectAlive(server);
  });

  it('ends a call whose request never ends', async () => {
    await using server = await startTestServer({ REQUEST_TIMEOUT_MS: '1' });
    const session = openSession(server.running.address);
    const stream = session.request(callHeaders(route));

    const [headers] = (await once(stream, 'response')) as [Record<string, string>];

    expect(headers['grpc-status']).toBe('4');
    session.destroy();
  });
});

describe('G4: a message over the limit', () => {
  it('is refused by its announced length, before it has come', async () => {
    await using server = await startTestServer();
    const head = Buffer.from([0, 0xff, 0xff, 0xff, 0xff]);
    const before = process.memoryUsage().arrayBuffers;

    const answer = await rawCall(server.running.address, route, { body: Buffer.concat([head, Buffer.alloc(1000)]) });

    expect(answer['grpc-status']).toBe('8');
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(20 * 2 ** 20);
    await expectAlive(server);
  });

  it('is refused one byte above the limit, and taken at it', async () => {
    await using server = await startTestServer({ GRPC_MESSAGE_LIMIT_BYTES: '4096' });
    const padding = (sizeBytes: number) => {
      const sizeOf = (idLength: number) =>
        toBinary(modelInfer.input, create(modelInfer.input, { ...valid, id: 'i'.repeat(idLength) })).length;
      return { ...valid, id: 'i'.repeat(sizeBytes - sizeOf(1000) + 1000) };
    };
    server.calls.answer = () => Promise.resolve({ modelName: 'echo', modelVersion: '1', outputs: [] });

    expect((await server.client.unary(modelInfer, padding(4096))).message.modelName).toBe('echo');
    expect((await server.client.failure(modelInfer, padding(4097))).code).toBe(8);
  });

  it('as an answer is refused as well', async () => {
    await using server = await startTestServer({ GRPC_MESSAGE_LIMIT_BYTES: '4096' });
    const elements = [new Uint8Array(5000)];
    const output = { name: 'y', datatype: 'BYTES' as const, shape: [1], elements };
    server.calls.answer = () => Promise.resolve({ modelName: 'echo', modelVersion: '1', outputs: [output] });

    expect((await server.client.failure(modelInfer, valid)).code).toBe(8);
  });

  it('is small where no tensors travel', async () => {
    await using server = await startTestServer();

    expect((await server.client.failure(modelReady, { name: 'n'.repeat(70_000) })).code).toBe(8);
  });
});

describe('G5: compression', () => {
  it('refuses a bomb at the limit', async () => {
    await using server = await startTestServer({ GRPC_MESSAGE_LIMIT_BYTES: String(2 ** 20) });
    const bomb = gzipSync(Buffer.alloc(64 * 2 ** 20));
    const before = process.memoryUsage().arrayBuffers;

    const headers = { 'grpc-encoding': 'gzip' };
    const answer = await rawCall(server.running.address, route, { headers, body: frame(bomb, true) });

    expect(answer['grpc-status']).toBe('8');
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(20 * 2 ** 20);
    await expectAlive(server);
  });

  it.each([
    ['gzip', frame(gzipSync(validBody.subarray(5)), true), '0'],
    ['gzip', frame(Buffer.from('no gzip'), true), '13'],
    ['br', frame(Buffer.from('whatever'), true), '12'],
  ])('answers %s as it can', async (encoding, body, expected) => {
    await using server = await startTestServer();

    const answer = await rawCall(server.running.address, route, { headers: { 'grpc-encoding': encoding }, body });

    expect(answer['grpc-status']).toBe(expected);
    await expectAlive(server);
  });
});

describe('G6: streams opened and reset', () => {
  it('sends the connection away and goes on with others', async () => {
    await using server = await startTestServer();
    const session = openSession(server.running.address);
    session.on('error', () => undefined);
    const goaway = once(session, 'goaway') as Promise<[number]>;
    let opened = 0;
    const openSome = (): void => {
      for (let index = 0; index < 100 && !session.closed && !session.destroyed; index += 1, opened += 1) {
        const stream = session.request(callHeaders(route));
        stream.on('error', () => undefined);
        stream.close(constants.NGHTTP2_CANCEL);
      }
      if (opened < 100_000 && !session.closed && !session.destroyed) setImmediate(openSome);
    };
    openSome();

    const [code] = await goaway;

    expect([constants.NGHTTP2_ENHANCE_YOUR_CALM, constants.NGHTTP2_INTERNAL_ERROR]).toContain(code);
    expect(opened).toBeLessThan(10_000);
    session.destroy();
    await expectAlive(server);
  });
});

describe('G7: a caller that cancels', () => {
  it('is counted as CANCELLED, and its work is dropped', async () => {
    await using server = await startTestServer();
    const begun = Promise.withResolvers<InferCall>();
    server.calls.answer = (call) => (begun.resolve(call), Promise.withResolvers<InferResponse>().promise);
    const session = openSession(server.running.address);
    const stream = session.request(callHeaders(route));
    stream.on('error', () => undefined);
    stream.end(validBody);
    const { signal } = await begun.promise;
    const aborted = new Promise((resolve) => signal.addEventListener('abort', () => resolve(undefined)));

    stream.close(constants.NGHTTP2_CANCEL);

    await aborted;
    await server.ended(1);
    expect(server.counted).toEqual([`${route} CANCELLED`]);
    session.destroy();
  });
});

describe('G8: management', () => {
  it.each([repositoryModelLoad, repositoryModelUnload])('is not on this port: $name', async (method) => {
    await using server = await startTestServer();
    const metadata = { authorization: 'Bearer anything' };

    const error = await server.client.failure(
      method as typeof repositoryModelLoad,
      { modelName: 'echo' },
      { metadata },
    );

    expect(error.code).toBe(12);
    await expectAlive(server);
  });
});

describe('G9: reflection', () => {
  it('is not there where it is switched off', async () => {
    await using server = await startTestServer({ GRPC_REFLECTION: 'false' });
    const stream = server.client.bidi(ServerReflection.method.serverReflectionInfo);
    stream.end();

    expect((await drainStream(stream)).error?.code).toBe(12);
  });
});

describe('G10: health', () => {
  it('keeps nothing of watchers that went', async () => {
    await using server = await startTestServer({ GRPC_MAX_STREAMS: '100000' });

    for (let round = 0; round < 3; round += 1) {
      const before = server.counted.length;
      using client = new TestClient(server.running.address);
      const streams = Array.from({ length: 500 }, () => client.serverStream(Health.method.watch, {}));
      const ends = streams.map((stream) => drainStream(stream));
      for (const stream of streams) stream.on('data', () => stream.cancel());
      await Promise.all(ends);
      await server.ended(before + 500);
    }

    expect(server.counted.filter((line) => line.endsWith('RESOURCE_EXHAUSTED'))).toEqual([]);
    await expectAlive(server);
  });
});
