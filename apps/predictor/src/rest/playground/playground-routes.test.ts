import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fastify, type FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PageFile } from './page-file.ts';
import { registerPlaygroundRoutes } from './playground-routes.ts';

const PAGE: PageFile = {
  path: '/',
  file: 'index.html',
  type: 'text/html; charset=utf-8',
  digest: 'abc',
  isHashed: false,
  sizesBytes: { identity: 4, gzip: 2 },
};
const PICTURE: PageFile = {
  ...PAGE,
  path: '/assets/a.png',
  file: 'a.png',
  type: 'image/png',
  isHashed: true,
  sizesBytes: { identity: 3 },
};

async function serverOf(folder: string | undefined): Promise<FastifyInstance> {
  const server = fastify({ exposeHeadRoutes: false });
  server.addHook('onRequest', (request, reply, done) => {
    if (request.headers.origin !== undefined) void reply.header('vary', 'Origin');
    done();
  });
  await registerPlaygroundRoutes(server, folder, (error, _request, reply) => {
    void reply.code(500).send(error instanceof Error && 'code' in error ? error.code : 'no code');
  });
  return server;
}

describe('the routes of the page', () => {
  let folder: string;
  let server: FastifyInstance;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'page-'));
    await writeFile(join(folder, 'files.json'), JSON.stringify([PAGE, PICTURE]));
    await writeFile(join(folder, 'index.html'), 'page');
    await writeFile(join(folder, 'index.html.gzip'), 'gz');
    server = await serverOf(folder);
  });
  afterAll(async () => {
    await server.close();
    await rm(folder, { recursive: true });
  });

  const get = (headers: Record<string, string>, url = '/') => server.inject({ url, headers });

  it('give each form of a file a tag of its own, and say what they depend on', async () => {
    const [plain, zipped] = [await get({}), await get({ 'accept-encoding': 'br, gzip' })];
    expect([plain.body, plain.headers.etag, plain.headers['content-encoding']]).toEqual([
      'page',
      '"abc.identity"',
      undefined,
    ]);
    expect([zipped.body, zipped.headers.etag, zipped.headers['content-encoding']]).toEqual([
      'gz',
      '"abc.gzip"',
      'gzip',
    ]);
    expect([plain.headers.vary, zipped.headers['content-length']]).toEqual(['Accept-Encoding', '2']);
  });

  it.each(['"abc.gzip"', 'W/"abc.gzip"', '"other", "abc.gzip"', '*'])('answer 304 to %s', async (tag) => {
    const reply = await get({ 'accept-encoding': 'gzip', 'if-none-match': tag });
    expect([reply.statusCode, reply.body, reply.headers.etag]).toEqual([304, '', '"abc.gzip"']);
    expect(reply.headers['cache-control']).toBe('no-cache');
  });

  it.each(['"abc.br"', '"abc"', 'abc.gzip', ''])('send the file again to %j', async (tag) => {
    expect((await get({ 'accept-encoding': 'gzip', 'if-none-match': tag })).statusCode).toBe(200);
  });

  it('keep what a hook has said of Vary', async () => {
    expect((await get({ origin: 'https://shop.example' })).headers.vary).toBe('Origin, Accept-Encoding');
  });

  it('hand a file that cannot be read to the one place that answers errors', async () => {
    const reply = await get({}, '/assets/a.png');
    expect([reply.statusCode, reply.body]).toEqual([500, 'ENOENT']);
  });

  it('lead to the API page where there is no folder', async () => {
    const bare = await serverOf(undefined);
    const reply = await bare.inject({ url: '/' });
    expect([reply.statusCode, reply.headers.location]).toEqual([302, '/docs']);
    await bare.close();
  });
});
