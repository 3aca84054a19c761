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
