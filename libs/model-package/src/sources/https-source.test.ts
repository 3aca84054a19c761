import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PackageError } from '../package-error.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { sha256Of, startFakeStore } from './testing/fake-store.ts';
import { failureOf, loopbackFetcher, uriOf } from './testing/fetcher.ts';

const running = new AbortController().signal;
const manifest = (model: string, weights = 'weights') =>
  `model: { file: model.onnx, sha256: "${sha256Of(model)}" }\nfiles: { "data/weights.bin": "${sha256Of(weights)}" }\n`;

async function setUp(files: Record<string, string>) {
  const store = await startFakeStore(files);
  const cache = await temporaryFolder({});
  const { port } = store.server;
  const fetch = (query = '', user = '') =>
    loopbackFetcher(cache.path).fetch(uriOf(`http://${user}127.0.0.1:${port}/churn/model.yaml${query}`), running);
  const dispose = async (): Promise<void> => {
    await store[Symbol.asyncDispose]();
    await cache[Symbol.asyncDispose]();
  };
  return { store, fetch, cacheFolder: cache.path, [Symbol.asyncDispose]: dispose };
}

const PACKAGE = {
  'churn/model.yaml': manifest('model'),
  'churn/model.onnx': 'model',
  'churn/data/weights.bin': 'weights',
};

describe('a package at an address', () => {
  it('is what its manifest names, and the card if there is one', async () => {
    await using at = await setUp({ ...PACKAGE, 'churn/other.bin': 'not named' });
    const { path } = await at.fetch();
    expect((await readdir(path, { recursive: true })).sort()).toEqual([
      'data',
      'data/weights.bin',
      'model.onnx',
      'model.yaml',
    ]);
  });

  it('is refused where a file is not the one that the manifest lists', async () => {
    await using at = await setUp({ ...PACKAGE, 'churn/data/weights.bin': 'others' });
    const { reason, message } = await failureOf(at.fetch());
    expect(reason).toBe('corrupt');
    expect(message).toContain(
      `data/weights.bin: sha256 expected ${sha256Of('weights')}, got ${sha256Of('others')}. What came was deleted.`,
    );
  });

  it('is refused where a file that the manifest names is missing', async () => {
    const { 'churn/model.onnx': _model, ...rest } = PACKAGE;
    await using at = await setUp(rest);
    expect(await failureOf(at.fetch())).toMatchObject({
      reason: 'not-found',
      message: expect.stringContaining('/churn/model.onnx'),
    });
  });

  it('brings a file again that was changed while it lay there whole', async () => {
    const { 'churn/data/weights.bin': weights, ...rest } = PACKAGE;
    await using at = await setUp(rest);
    expect(await failureOf(at.fetch())).toMatchObject({ reason: 'not-found' });
    let changed = 0;
    for (const name of await readdir(at.cacheFolder, { recursive: true })) {
      const file = join(at.cacheFolder, name);
      if ((await readFile(file, 'utf8').catch(() => '')) !== PACKAGE['churn/model.yaml']) continue;
      await writeFile(file, PACKAGE['churn/model.yaml'].replace('model.onnx', 'm0del.onnx'));
      changed++;
    }
    expect(changed).toBe(1);

    at.store.files.set('churn/data/weights.bin', weights);
    const { path } = await at.fetch();
    expect(await readFile(join(path, 'model.yaml'), 'utf8')).toBe(PACKAGE['churn/model.yaml']);
  });

  it('is refused where the manifest names a file that no file system could hold', async () => {
    await using at = await setUp({ 'churn/model.yaml': `model: { file: ${'x'.repeat(256)}.onnx }\n` });
    const { reason, message } = await failureOf(at.fetch());
    expect([reason, message.includes(`the file "${'x'.repeat(80)}…" of the manifest has a name`)]).toEqual([
      'corrupt',
      true,
    ]);
  });

  it.each(['model: { file: ../../etc/passwd }', 'modell: x', '<html>'])(
    'is refused for the manifest %j before anything else is asked for',
    async (text) => {
      await using at = await setUp({ 'churn/model.yaml': text });
      await expect(at.fetch()).rejects.toBeInstanceOf(PackageError);
      expect(at.store.server.requests.map(({ path }) => path)).toEqual(['/churn/model.yaml']);
    },
  );

  it('is asked for with the user and the query of its address, every file of it', async () => {
    await using at = await setUp(PACKAGE);
    await at.fetch('?token=1', 'me:pass@');
    const asked = at.store.server.requests.map(({ path, headers }) => [path.split('?')[1], headers.authorization]);
    expect(asked).toEqual(asked.map(() => ['token=1', `Basic ${btoa('me:pass')}`]));
    expect(asked.length).toBe(4);
  });

  it('is left alone for as long as its source asks', async () => {
    await using at = await setUp(PACKAGE);
    at.store.interfere = (_request, response) => (response.writeHead(503, { 'retry-after': '7' }).end(), true);
    await expect(at.fetch()).rejects.toMatchObject({ reason: 'throttled', retryAfterMs: 7000 });
  });
});
