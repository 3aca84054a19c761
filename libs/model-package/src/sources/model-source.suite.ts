import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageDigest } from '../package-digest.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { readAllowedHosts } from './allowed-hosts.ts';
import type { FetcherSettings } from './model-fetcher.ts';
import { etagOf, sha256Of, startFakeStore, type FakeStore } from './testing/fake-store.ts';
import { failureOf, loopbackFetcher, uriOf } from './testing/fetcher.ts';
import type { StoreKind } from './testing/store-kinds.ts';

const MODEL = Buffer.alloc(200_000, 'a model ');
const GOLDEN = '{"producer":{}}\n';
const MANIFEST = `model: { file: net/model.onnx }\ngolden: golden.jsonl\n`;
const PACKAGE = {
  'churn/model.yaml': MANIFEST,
  'churn/net/model.onnx': MODEL,
  'churn/golden.jsonl': GOLDEN,
};
const PACKAGE_SHA256 = packageDigest(
  new Map(Object.entries(PACKAGE).map(([path, content]) => [path.replace('churn/', ''), sha256Of(content)])),
).replace('sha256:', '');

/** What every source does, whatever it speaks. */
export function sourceSuite(kind: StoreKind): void {
  const running = new AbortController().signal;

  async function setUp(files: Record<string, Uint8Array | string>, settings: Partial<FetcherSettings> = {}) {
    const store = await startFakeStore(files);
    const cache = await temporaryFolder({});
    const fetcher = loopbackFetcher(cache.path, { ...kind.settings(store), ...settings });
    const fetch = (path: string, pin?: string) =>
      fetcher.fetch(uriOf(kind.uri(store, path) + (pin === undefined ? '' : `#sha256=${pin}`)), running);
    const dispose = async (): Promise<void> => {
      await store[Symbol.asyncDispose]();
      await cache[Symbol.asyncDispose]();
    };
    return { store, cache: cache.path, fetch, [Symbol.asyncDispose]: dispose };
  }

  type SetUp = Awaited<ReturnType<typeof setUp>>;

  /** Sends `bytes` of the whole file and closes the connection once they lie on the disk, for one request. */
  function breakAfter({ store, cache }: SetUp, bytes: number, headers: Record<string, string | number>): void {
    store.interfere = (_request, response) => {
      store.interfere = () => false;
      response.writeHead(200, { 'content-length': MODEL.length, ...headers }).write(MODEL.subarray(0, bytes));
      void untilThereAre(bytes, cache).then(() => response.destroy());
      return true;
    };
  }

  const etag = { etag: `"${'0'.repeat(32)}"` };
  const rangesOf = ({ server }: FakeStore) => server.requests.map(({ headers }) => headers.range);

  describe(`a source of ${kind.name}`, () => {
    it('delivers a file under the name that its address gives it', async () => {
      await using at = await setUp({ 'a/churn.onnx': MODEL });
      const { path } = await at.fetch('a/churn.onnx');
      expect(path).toMatch(/\/churn\.onnx$/);
      expect(await readFile(path)).toEqual(MODEL);
    });

    it('delivers a package with the files that it is made of', async () => {
      await using at = await setUp({ ...PACKAGE, 'churn/README.md': '# Churn' });
      const { path } = await at.fetch('churn/model.yaml');
      expect(path).toMatch(/\/churn$/);
      expect((await readdir(path)).sort()).toEqual(['README.md', 'golden.jsonl', 'model.yaml', 'net']);
      expect(await readFile(join(path, 'net/model.onnx'))).toEqual(MODEL);
    });

    it('delivers what is pinned, and nothing else', async () => {
      await using at = await setUp({ ...PACKAGE, 'churn.onnx': MODEL });
      await at.fetch('churn/model.yaml', PACKAGE_SHA256);
      await at.fetch('churn.onnx', sha256Of(MODEL));
      const wrong = '0'.repeat(64);
      for (const path of ['churn/model.yaml', 'churn.onnx']) {
        const failure = await failureOf(at.fetch(path, wrong));
        expect(failure).toMatchObject({
          reason: 'corrupt',
          message: expect.stringContaining(`expected ${wrong}, got`),
        });
      }
      const kept = (await readdir(at.cache, { recursive: true })).filter((name) => name.includes(wrong));
      expect(kept).toEqual([]);
    });

    it('serves what is pinned from the cache without asking anybody', async () => {
      await using at = await setUp({ 'churn.onnx': MODEL });
      const first = await at.fetch('churn.onnx', sha256Of(MODEL));
      const asked = at.store.server.requests.length;
      const second = await at.fetch('churn.onnx', sha256Of(MODEL));
      expect(second).toEqual({ path: first.path, isAsked: false });
      expect(at.store.server.requests.length).toBe(asked);
    });

    it('is asked again where the cached bytes are no longer what they were', async () => {
      await using at = await setUp({ 'churn.onnx': MODEL });
      const { path } = await at.fetch('churn.onnx', sha256Of(MODEL));
      await writeFile(path, 'something else');
      expect(await at.fetch('churn.onnx', sha256Of(MODEL))).toEqual({ path, isAsked: true });
      expect(await readFile(path)).toEqual(MODEL);
    });

    it('is asked whether what is not pinned has changed, and brings no byte again that has not', async () => {
      await using at = await setUp({ ...PACKAGE });
      const before = await at.fetch('churn/model.yaml');
      const bodies: string[] = [];
      at.store.interfere = (request, response) => {
        response.on('finish', () => response.statusCode === 200 && bodies.push(request.url ?? ''));
        return false;
      };
      const same = await at.fetch('churn/model.yaml');
      at.store.files.set('churn/golden.jsonl', `${GOLDEN}{}\n`);
      const changed = await at.fetch('churn/model.yaml');
      expect(same.path).toBe(before.path);
      expect(changed.path).not.toBe(before.path);
      expect(bodies.filter((url) => url.includes('model.onnx'))).toEqual([]);
      expect(await readFile(join(changed.path, 'net/model.onnx'))).toEqual(MODEL);
    });

    it('that cannot be reached is never stood in for by an earlier state', async () => {
      await using at = await setUp({ 'churn.onnx': MODEL });
      await at.fetch('churn.onnx');
      at.store.interfere = (_request, response) => (response.destroy(), true);
      expect(await failureOf(at.fetch('churn.onnx'))).toMatchObject({ reason: 'interrupted' });
    });

    it('goes on where a connection broke, if it is still the same file', async () => {
      await using at = await setUp({ 'churn.onnx': MODEL });
      const real = { etag: etagOf(MODEL) };
      breakAfter(at, 100_000, real);
      expect(await failureOf(at.fetch('churn.onnx'))).toMatchObject({ reason: 'interrupted' });
      const { path } = await at.fetch('churn.onnx');
      expect(await readFile(path)).toEqual(MODEL);
      expect(rangesOf(at.store)).toEqual([undefined, 'bytes=100000-']);
      expect(at.store.server.requests[1]?.headers['if-range']).toBe(real.etag);
    });

    it('starts over where the file has changed meanwhile', async () => {
      await using at = await setUp({ 'churn.onnx': MODEL });
      breakAfter(at, 100_000, etag);
      await failureOf(at.fetch('churn.onnx'));
      const { path } = await at.fetch('churn.onnx');
      expect(await readFile(path)).toEqual(MODEL);
    });

    it('does not go on without a validator, unless a digest decides', async () => {
      await using at = await setUp({ 'churn.onnx': MODEL });
      breakAfter(at, 100_000, {});
      await failureOf(at.fetch('churn.onnx'));
      await at.fetch('churn.onnx');
      await using pinned = await setUp({ 'churn.onnx': MODEL });
      breakAfter(pinned, 100_000, {});
      await failureOf(pinned.fetch('churn.onnx', sha256Of(MODEL)));
      await pinned.fetch('churn.onnx', sha256Of(MODEL));
      expect(rangesOf(at.store)).toEqual([undefined, undefined]);
      expect(rangesOf(pinned.store)).toEqual([undefined, 'bytes=100000-']);
    });

    it('that answers with another range than was asked for is not believed', async () => {
      await using at = await setUp({ 'churn.onnx': MODEL });
      breakAfter(at, 100_000, etag);
      await failureOf(at.fetch('churn.onnx'));
      at.store.interfere = (_request, response) => {
        at.store.interfere = () => false;
        response.writeHead(206, { ...etag, 'content-range': `bytes 99999-199999/${MODEL.length}` }).end(MODEL);
        return true;
      };
      expect(await failureOf(at.fetch('churn.onnx'))).toMatchObject({ reason: 'corrupt' });
      expect(await readFile((await at.fetch('churn.onnx')).path)).toEqual(MODEL);
    });

    it('that answers 206 unasked is not believed', async () => {
      await using at = await setUp({});
      at.store.interfere = (_request, response) => {
        response.writeHead(206, { ...etag, 'content-range': 'bytes 0-9/200000' }).end(MODEL.subarray(0, 10));
        return true;
      };
      expect(await failureOf(at.fetch('churn.onnx'))).toMatchObject({ reason: 'corrupt' });
    });

    it.each([
      ['a length that is too large', { 'content-length': 3 * 2 ** 20 }],
      ['an endless body', {}],
    ])('is cut off at the limit: %s', async (_what, headers) => {
      await using at = await setUp({});
      at.store.interfere = (_request, response) => {
        response.writeHead(200, headers);
        const more = (): void => void (response.destroyed || response.write(MODEL, more));
        more();
        return true;
      };
      const failure = await failureOf(at.fetch('churn.onnx'));
      expect(failure).toMatchObject({ reason: 'too-large', message: expect.stringContaining('1048576 bytes') });
    });

    it('is cut off at the limit of all files together', async () => {
      await using at = await setUp({ ...PACKAGE }, { limitBytes: MODEL.length + 10 });
      expect(await failureOf(at.fetch('churn/model.yaml'))).toMatchObject({ reason: 'too-large' });
    });

    it('that encodes its answer is refused', async () => {
      await using at = await setUp({});
      at.store.interfere = (_request, response) => {
        response.writeHead(200, { 'content-encoding': 'gzip' }).end(MODEL);
        return true;
      };
      expect(await failureOf(at.fetch('churn.onnx'))).toMatchObject({ reason: 'refused' });
    });

    it('that stalls is given up', async () => {
      await using at = await setUp({}, { idleTimeoutMs: 50 });
      at.store.interfere = (_request, response) => {
        response.writeHead(200, { 'content-length': MODEL.length }).write('begins');
        return true;
      };
      expect(await failureOf(at.fetch('churn.onnx'))).toMatchObject({ reason: 'unreachable' });
    });

    it('that drips is given up, and goes on where it stood', async () => {
      let [nowMs, stepMs] = [0, 31_000];
      await using at = await setUp({ 'churn.onnx': MODEL }, { nowMs: () => (nowMs += stepMs) });
      at.store.interfere = (_request, response) => {
        at.store.interfere = () => false;
        response.writeHead(200, { etag: etagOf(MODEL), 'content-length': MODEL.length }).write(MODEL.subarray(0, 1000));
        return true;
      };
      expect(await failureOf(at.fetch('churn.onnx'))).toEqual({
        reason: 'too-slow',
        message: `"127.0.0.1:${at.store.server.port}" delivers too slowly: 1000 bytes in 31 s, expected at least 4096 bytes/s.`,
      });
      stepMs = 0;
      expect(await readFile((await at.fetch('churn.onnx')).path)).toEqual(MODEL);
      expect(rangesOf(at.store)).toEqual([undefined, 'bytes=1000-']);
    });

    it('that is refused by the policy is not asked', async () => {
      await using at = await setUp({ 'churn.onnx': MODEL }, { allowedHosts: readAllowedHosts('').hosts });
      expect(await failureOf(at.fetch('churn.onnx'))).toMatchObject({ reason: 'not-allowed' });
      expect(at.store.server.requests).toEqual([]);
    });

    it('ends at once where the caller gives up, and leaves what came for the next time', async () => {
      await using at = await setUp({ 'churn.onnx': MODEL });
      const controller = new AbortController();
      at.store.interfere = (_request, response) => {
        response.writeHead(200, { ...etag, 'content-length': MODEL.length });
        response.write(MODEL.subarray(0, 1000), () => setImmediate(() => controller.abort(new Error('given up'))));
        return true;
      };
      const fetcher = loopbackFetcher(at.cache, kind.settings(at.store));
      const attempt = fetcher.fetch(uriOf(kind.uri(at.store, 'churn.onnx')), controller.signal);
      await expect(attempt).rejects.toThrow('given up');
    });

    it('shows no secret in what it says', async () => {
      await using at = await setUp({});
      at.store.interfere = (_request, response) => (response.writeHead(403).end('<Error/>'), true);
      const failure = await failureOf(at.fetch(`churn.onnx${kind.name === 's3' ? '' : '?sig=s3cret'}`));
      expect(failure.reason).toBe('forbidden');
      expect(JSON.stringify(failure)).not.toContain('s3cret');
    });
  });
}

/** Waits until a partial file of this size lies in the cache. */
async function untilThereAre(bytes: number, cache: string): Promise<void> {
  for (;;) {
    const names = await readdir(cache, { recursive: true });
    const sizes = await Promise.all(names.map(async (name) => (await stat(join(cache, name)).catch(() => null))?.size));
    if (sizes.includes(bytes)) return;
  }
}
