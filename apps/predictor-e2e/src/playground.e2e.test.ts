import { get, type IncomingHttpHeaders } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { call } from './testing/call.ts';
import { exchange } from './testing/exchange.ts';
import { startPredictor, workspaceRoot, type PredictorProcess } from './testing/predictor-process.ts';

const MODEL = [`${workspaceRoot}/models/penguins`];
const ASSET = /(?:src|href)="\.\/(assets\/[^"]+)"/g;

interface Bytes {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** Without what `fetch` does by itself: nothing is decompressed. */
function ask(url: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Bytes> {
  return new Promise((resolve, reject) => {
    get(url, { headers, method, agent: false }, (reply) => {
      buffer(reply).then((body) => resolve({ status: reply.statusCode ?? 0, headers: reply.headers, body }), reject);
    }).on('error', reject);
  });
}

describe('the page at /', () => {
  let server: PredictorProcess;
  let assets: string[];
  beforeAll(async () => {
    server = await startPredictor(MODEL, { CORS_ORIGINS: 'https://shop.example' });
    const page = (await ask(`${server.url}/`)).body.toString();
    assets = [...page.matchAll(ASSET)].map(([, path = '']) => `/${path}`);
  });
  afterAll(async () => server[Symbol.asyncDispose]());

  it('has nothing inline, and a policy that allows nothing inline and nothing from elsewhere', async () => {
    const { headers, body } = await ask(`${server.url}/`);
    const page = body.toString();
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    expect(page).not.toMatch(/<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)|https?:\/\//);
    const policy = String(headers['content-security-policy']);
    expect(policy).toMatch(/^default-src 'none'; script-src 'self'; style-src 'self';/);
    expect(policy).not.toContain('unsafe');
    for (const rule of ["frame-ancestors 'none'", "base-uri 'none'", "form-action 'none'", "connect-src 'self'"])
      expect(policy.split('; ')).toContain(rule);
    expect(headers['permissions-policy']).toBe('camera=(self)');
    expect(headers['x-content-type-options']).toBe('nosniff');
  });

  it('is named where the server says what it serves', () => {
    expect(server.output().stderr).toContain(`playground ${server.url}/\n`);
  });

  it.each([
    ['br', brotliDecompressSync],
    ['gzip', gunzipSync],
  ] as const)('comes as %s to who takes it, the same page', async (coding, decompress) => {
    for (const path of ['/', ...assets]) {
      const plain = await ask(server.url + path);
      const packed = await ask(server.url + path, { 'accept-encoding': coding });
      if (packed.headers['content-encoding'] === undefined) {
        expect(plain.body.length).toBeLessThan(200);
        continue;
      }
      expect(packed.headers['content-encoding']).toBe(coding);
      expect(decompress(packed.body).equals(plain.body)).toBe(true);
      expect(packed.headers.etag).not.toBe(plain.headers.etag);
      expect([plain.headers.vary, packed.headers.vary]).toEqual(['Origin, Accept-Encoding', 'Origin, Accept-Encoding']);
    }
  });

  it('is asked about again every time; its assets are kept for ever', async () => {
    expect(assets.some((path) => path.endsWith('.js'))).toBe(true);
    expect((await ask(`${server.url}/`)).headers['cache-control']).toBe('no-cache');
    for (const path of assets) {
      const { status, headers } = await ask(server.url + path);
      expect([status, headers['cache-control']]).toEqual([200, 'public, max-age=31536000, immutable']);
    }
  });

  it('is 304 to who has it, with nothing to read', async () => {
    const first = await ask(`${server.url}/`, { 'accept-encoding': 'br' });
    const again = await ask(`${server.url}/`, { 'accept-encoding': 'br', 'if-none-match': String(first.headers.etag) });
    const other = await ask(`${server.url}/`, { 'if-none-match': String(first.headers.etag) });
    expect([again.status, again.body.length, again.headers.etag]).toEqual([304, 0, first.headers.etag]);
    expect([other.status, other.headers['content-encoding']]).toEqual([200, undefined]);
  });

  it('answers HEAD as GET, without the content', async () => {
    for (const path of ['/', ...assets]) {
      const got = await ask(server.url + path, { 'accept-encoding': 'gzip' });
      const head = await ask(server.url + path, { 'accept-encoding': 'gzip' }, 'HEAD');
      expect(head.body.length).toBe(0);
      for (const name of [
        'content-length',
        'content-type',
        'content-encoding',
        'etag',
        'cache-control',
        'content-security-policy',
      ])
        expect(head.headers[name]).toBe(got.headers[name]);
    }
  });

  it('refuses other methods, and says which it answers', async () => {
    for (const path of ['/', ...assets])
      for (const method of ['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS']) {
        const { status, headers, body } = await ask(server.url + path, {}, method);
        expect([status, headers.allow]).toEqual([405, 'GET, HEAD']);
        expect(JSON.parse(body.toString()).code).toBe('METHOD_NOT_ALLOWED');
      }
  });

  it.each([
    '/assets',
    '/assets/',
    '/assets/nothing.js',
    '/files.json',
    '/index.html',
    '/index.html.br',
    '/assets/../files.json',
    '/assets/..%2ffiles.json',
    '/assets/%2e%2e/files.json',
    '/assets/%252e%252e%252ffiles.json',
    String.raw`/assets/..\files.json`,
    '/assets/....//files.json',
    '/../cli.js',
    '/assets/../../cli.js',
    '/assets//etc/passwd',
    '/assets/;/../../package.json',
    '/assets/%c0%ae%c0%ae/files.json',
    '//assets/../../../etc/passwd',
  ])('%s leads nowhere', async (path) => {
    const { status, headers, body } = await exchange(server.url, [`GET ${path} HTTP/1.1\r\nHost: server\r\n\r\n`]);
    const refusals: Record<number, string> = { 400: 'INVALID_REQUEST', 404: 'NOT_FOUND' };
    expect(refusals[status]).toBe(JSON.parse(body).code);
    expect(headers['content-type']).toContain('application/problem+json');
  });

  it('an asset that is there has no other names', async () => {
    const [asset = ''] = assets;
    for (const path of [
      `${asset}.br`,
      `${asset}.gzip`,
      `${asset}/`,
      `${asset};x`,
      asset.toUpperCase(),
      `/${asset}`,
      `${asset}%00`,
    ])
      expect([path, (await ask(server.url + path)).status]).toEqual([path, 404]);
  });

  it('counts its replies under its routes', async () => {
    const { text } = await call(`${server.url}/metrics`);
    expect(text).toMatch(/web_single_http_requests_total\{method="GET",route="\/",status="304"\} 1/);
    expect(text).toMatch(/web_single_http_requests_total\{method="HEAD",route="\/",status="200"\} 1/);
  });
});

describe('without the page', () => {
  it('/ leads to the API page, which works', async () => {
    await using server = await startPredictor(MODEL, { PLAYGROUND: 'false' });
    const { status, headers } = await ask(`${server.url}/`);
    expect([status, headers.location]).toEqual([302, '/docs']);
    const followed = await call(`${server.url}/`);
    expect([followed.status, followed.text.includes('swagger-ui')]).toEqual([200, true]);
    expect(server.output().stderr).not.toContain('playground');
  });
});
