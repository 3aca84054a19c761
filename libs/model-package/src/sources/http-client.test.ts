import { describe, expect, it } from 'vitest';
import { readAllowedHosts } from './allowed-hosts.ts';
import { HttpClient, type HttpClientOptions } from './http-client.ts';
import { networkError } from './network-error.ts';
import { readBody } from './read-body.ts';
import { redirected } from './redirected.ts';
import { failureOf } from './testing/fetcher.ts';
import { startDripping } from './testing/dripping-server.ts';
import { startLocalServer } from './testing/local-server.ts';

const signal = new AbortController().signal;
const ask = (address: string, headers = {}) => {
  const url = new URL(address);
  return { url, writtenHost: url.hostname, headers, signal };
};

function clientOf(allowed: string, options: Partial<HttpClientOptions> = {}): HttpClient {
  return new HttpClient({
    allowedHosts: readAllowedHosts(allowed).hosts,
    resolve: () => Promise.reject(Object.assign(new Error('no names here'), { code: 'ENOTFOUND' })),
    connectTimeoutMs: 2000,
    idleTimeoutMs: 2000,
    nowMs: () => 0,
    ...options,
  });
}

describe('names', () => {
  it('are connected to at the very addresses that were checked, whatever a later answer says', async () => {
    await using server = await startLocalServer((_request, response) => void response.end('model'));
    const answers = [[{ address: '127.0.0.1', family: 4 }], [{ address: '10.0.0.1', family: 4 }]];
    let asked = 0;
    const resolve = () => Promise.resolve(answers[asked++] ?? []);
    const client = clientOf(`models.example:${server.port}`, { resolve });

    const response = await client.get(ask(`http://models.example:${server.port}/a.onnx`));

    expect([await readBody(response), asked]).toEqual(['model', 1]);
    expect(server.requests[0]?.headers).toMatchObject({
      host: `models.example:${server.port}`,
      'accept-encoding': 'identity',
    });
  });

  it('are not connected to where their answer is private', async () => {
    await using server = await startLocalServer((_request, response) => void response.end('secret'));
    const resolve = () => Promise.resolve([{ address: '127.0.0.1', family: 4 }]);
    const client = clientOf('', { resolve });

    const failure = await failureOf(client.get(ask(`https://models.example:${server.port}/a.onnx`)));

    expect(failure).toMatchObject({ reason: 'not-allowed', message: expect.stringContaining('is not public') });
    expect(failure.message).not.toContain('127.0.0.1');
    expect(server.requests).toEqual([]);
  });

  it('that have a certificate of nobody who is trusted are told apart from those that cannot be reached', () => {
    const failed = Object.assign(new Error('self-signed'), { code: 'SELF_SIGNED_CERT_IN_CHAIN' });
    expect(networkError(failed, 'models.example')).toMatchObject({
      reason: 'certificate',
      message: expect.stringContaining('NODE_EXTRA_CA_CERTS'),
    });
  });

  it('that do not resolve are named', async () => {
    const failure = await failureOf(clientOf('').get(ask('https://models.example/a.onnx')));
    expect(failure).toEqual({
      reason: 'unreachable',
      message: '"models.example" has a name that does not resolve (ENOTFOUND).',
    });
  });
});

describe('redirects', () => {
  it('are followed three times, credentials only within the origin', async () => {
    await using other = await startLocalServer((_request, response) => void response.end('model'));
    await using server = await startLocalServer((request, response) => {
      const next = { '/1': '/2', '/2': '/3', '/3': `${other.url}/a.onnx` }[request.url ?? ''] ?? '';
      response.writeHead(302, { location: next }).end();
    });

    const client = clientOf('127.0.0.1');
    const response = await client.getFollowing(ask(`${server.url}/1`, { authorization: 'Basic x', range: 'bytes=1-' }));

    expect(await readBody(response)).toBe('model');
    expect(server.requests.map(({ headers }) => headers.authorization)).toEqual(['Basic x', 'Basic x', 'Basic x']);
    expect(other.requests[0]?.headers).toMatchObject({ range: 'bytes=1-' });
    expect(other.requests[0]?.headers).not.toHaveProperty('authorization');
  });

  it('are given up after three', async () => {
    await using server = await startLocalServer((_request, response) => {
      response.writeHead(302, { location: '/again' }).end();
    });
    const failure = await failureOf(clientOf('127.0.0.1').getFollowing(ask(`${server.url}/1`)));
    expect([failure.reason, server.requests.length]).toEqual(['refused', 4]);
  });

  it.each(['http://169.254.169.254/latest', 'https://localhost/a', 'file:///etc/passwd', '//0x7f.1/a', 'ftp://a/b'])(
    'to %s are not followed',
    async (location) => {
      await using server = await startLocalServer((_request, response) => {
        response.writeHead(307, { location }).end();
      });
      const failure = await failureOf(clientOf('127.0.0.1:' + server.port).getFollowing(ask(`${server.url}/1`)));
      expect([failure.reason, server.requests.length]).toEqual(['not-allowed', 1]);
    },
  );

  it('from https to http are refused, also to an allowed host, without showing what opens it', () => {
    const request = ask('https://models.example/a.onnx');
    expect(() => redirected(request, 'http://cdn.example/a.onnx?sig=s3cret')).toThrow(
      '"models.example" redirected from https to http, to http://cdn.example/a.onnx?….',
    );
    expect(redirected(request, 'https://cdn.example/a.onnx').url.href).toBe('https://cdn.example/a.onnx');
  });
});

describe('silence', () => {
  it('before and within an answer ends the request', async () => {
    await using server = await startLocalServer((request, response) => {
      if (request.url === '/begins') response.writeHead(200, { 'content-length': 10 }).write('model');
    });
    const client = clientOf('127.0.0.1', { idleTimeoutMs: 50 });
    const silent = await failureOf(client.get(ask(`${server.url}/never`)));
    const stalled = await client.get(ask(`${server.url}/begins`));

    expect(silent).toMatchObject({ reason: 'unreachable', message: expect.stringContaining('was silent for 50 ms') });
    expect(await failureOf(readBody(stalled))).toMatchObject({
      message: expect.stringContaining('was silent for 50 ms'),
    });
  });

  it('is not what a head that drips in is: it must be there after twice the time', async () => {
    await using dripping = await startDripping('HTTP/1.1 200 OK\r\nx-filler: ');
    const client = clientOf('127.0.0.1', { idleTimeoutMs: 300 });
    const failure = await failureOf(client.get(ask(dripping.url)));
    expect(failure).toMatchObject({
      reason: 'unreachable',
      message: expect.stringContaining('did not begin its answer within 600 ms'),
    });
  });

  it('ends at once where the caller gives up', async () => {
    await using server = await startLocalServer(() => undefined);
    const controller = new AbortController();
    const patient = clientOf('127.0.0.1', { idleTimeoutMs: 600_000 });
    const answer = patient.get({ ...ask(`${server.url}/never`), signal: controller.signal });
    controller.abort(new Error('given up'));
    await expect(answer).rejects.toThrow('given up');
  });
});
