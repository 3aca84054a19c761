import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { fetchDescriptions, NetworkError } from './fetch-descriptions.ts';

let server: Server | undefined;
afterEach(() => void server?.close());

async function serve(listener: RequestListener): Promise<string> {
  server = createServer(listener);
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('fetchDescriptions', () => {
  it('gives what a server without models has', async () => {
    const url = await serve((_request, response) => void response.end('{"models":[]}'));

    expect(await fetchDescriptions(url)).toEqual([]);
  });

  it.each(['nonsense', '', '{"models":1}'])('refuses the answer %j', async (answer) => {
    const url = await serve((_request, response) => void response.end(answer));

    await expect(fetchDescriptions(url)).rejects.toThrow('does not answer as a web-single predictor');
  });

  it('does not repeat the password of a URL, which it does not ask', async () => {
    const refusal = fetchDescriptions('http://me:s3cret@127.0.0.1:9');

    await expect(refusal).rejects.toThrow(NetworkError);
    await expect(refusal).rejects.not.toThrow('s3cret');
  });

  it('asks once for a model that is listed twice, and takes no other for it', async () => {
    const asked: string[] = [];
    const url = await serve(({ url: path = '' }, response) => {
      asked.push(path);
      response.end(
        path === '/v1/models'
          ? '{"models":[{"name":"a"},{"name":"a"}]}'
          : '{"name":"b","version":"1","digest":"sha256:0","description":"","signature":{"input":{},"output":{}}}',
      );
    });

    await expect(fetchDescriptions(url)).rejects.toThrow(NetworkError);
    expect(asked).toEqual(['/v1/models', '/v1/models/a']);
  });

  it('gives up an answer that does not end', async () => {
    const piece = Buffer.alloc(1024 ** 2, ' ');
    const url = await serve((_request, response) => {
      const more = (): void => {
        while (!response.destroyed && response.write(piece));
      };
      response.on('drain', more);
      more();
    });

    const refusal = fetchDescriptions(url);
    await expect(refusal).rejects.toThrow(NetworkError);
    await expect(refusal).rejects.toThrow('answers more than');
  });
});
