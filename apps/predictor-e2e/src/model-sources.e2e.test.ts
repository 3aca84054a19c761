import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { call, predict } from './testing/call.ts';
import { startFileServer } from './testing/file-server.ts';
import { startPredictor, workspaceRoot, type PredictorProcess } from './testing/predictor-process.ts';

const fixture = (name: string) => readFileSync(join(workspaceRoot, `libs/model-package/fixtures/${name}.onnx`));
const [three, two] = [fixture('logistic-multi-string'), fixture('logistic-binary-string')];
const ROW = [{ X: [1, 2, 3, 4] }];
const TOKEN = 'a-token-of-the-test';
const UP = /is up at ([^\s,]+),/;

/** A built server with one model from a file server, and a cache of its own. */
async function setUp(files: Record<string, Uint8Array>, { pin = '', environment = {} } = {}) {
  const source = await startFileServer(files);
  const cache = await mkdtemp(join(tmpdir(), 'model-sources-'));
  const start = (extra = {}) =>
    startPredictor(
      [`${source.url}/birds.onnx${pin}`],
      { MODEL_CACHE: cache, MODEL_SOURCE_HOSTS: '127.0.0.1', ...environment, ...extra },
      UP,
    );
  const dispose = async (): Promise<void> => {
    await source[Symbol.asyncDispose]();
    await rm(cache, { recursive: true, force: true });
  };
  return { source, cache, start, [Symbol.asyncDispose]: dispose };
}

const readiness = async ({ url }: PredictorProcess) => {
  const { status, json } = await call(`${url}/readyz`);
  return { status, source: json.sources[0], json };
};

/** Asks until the answer is the one that is waited for. */
async function until<Answer>(ask: () => Promise<Answer>, isIt: (answer: Answer) => boolean): Promise<Answer> {
  for (;;) {
    const answer = await ask();
    if (isIt(answer)) return answer;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const untilReady = (server: PredictorProcess) =>
  until(
    () => readiness(server),
    ({ status }) => status === 200,
  );
/** Between two attempts: during the next one its state is another, its message still that of the last. */
const untilWaiting = (server: PredictorProcess) =>
  until(
    () => readiness(server),
    ({ source }) => source.state === 'waiting',
  );

async function labelsOf({ url }: PredictorProcess): Promise<string[]> {
  const { json } = await predict(url, 'birds', ROW);
  return Object.keys(json.predictions[0].probabilities);
}

async function untilPartial(cache: string, bytes: number): Promise<void> {
  const sizes = async () => {
    const names = await readdir(cache, { recursive: true });
    return Promise.all(names.map(async (name) => (await stat(join(cache, name)).catch(() => null))?.size));
  };
  await until(sizes, (found) => found.includes(bytes));
}

describe('a model from elsewhere', () => {
  it('is waited for, alive and not ready, and served once it is there', async () => {
    await using at = await setUp({});
    await using server = await at.start();
    const waiting = await untilWaiting(server);
    const probes = await Promise.all(['/livez', '/startupz', '/readyz'].map((path) => call(server.url + path)));
    const early = await predict(server.url, 'birds', ROW);

    at.source.files.set('/birds.onnx', three);
    await untilReady(server);

    expect(waiting.source).toMatchObject({ source: `${at.source.url}/birds.onnx`, state: 'waiting' });
    expect(waiting.source.message).toContain('There is nothing at');
    expect(probes.map(({ status }) => status)).toEqual([200, 200, 503]);
    expect([early.status, early.json.code, early.headers.get('retry-after')]).toEqual([503, 'MODEL_NOT_READY', '1']);
    expect(await labelsOf(server)).toEqual(['crow', 'finch', 'owl']);
    const [line] = await server.logLines((text) => text.includes('source failed'), 1);
    expect(line).toMatchObject({ reason: 'not-found', attempt: 1 });
  });

  it('is not served while what comes is not what is pinned, nor another in its place', async () => {
    await using at = await setUp(
      { '/birds.onnx': two },
      { pin: `#sha256=${createHash('sha256').update(three).digest('hex')}` },
    );
    await using server = await at.start();
    const corrupt = await untilWaiting(server);
    const early = await predict(server.url, 'birds', ROW);

    at.source.files.set('/birds.onnx', three);
    await untilReady(server);

    expect(corrupt.source.message).toMatch(/sha256 expected [0-9a-f]{64}, got [0-9a-f]{64}/);
    expect(early.status).toBe(503);
    expect(await labelsOf(server)).toEqual(['crow', 'finch', 'owl']);
  });

  it('may lie where another one does, told apart by the query alone, which is never shown', async () => {
    const named = (name: string) => Buffer.from(`name: ${name}\nmodel: { file: model.onnx }\n`);
    await using at = await setUp({
      '/get/model.yaml?key=s3cret-1': named('birds'),
      '/get/model.onnx?key=s3cret-1': three,
      '/get/model.yaml?key=s3cret-2': named('fewer-birds'),
      '/get/model.onnx?key=s3cret-2': two,
    });
    const address = `${at.source.url}/get/model.yaml`;
    await using server = await startPredictor(
      [`${address}?key=s3cret-1`, `${address}?key=s3cret-2`],
      { MODEL_CACHE: at.cache, MODEL_SOURCE_HOSTS: '127.0.0.1' },
      UP,
    );
    const { json } = await untilReady(server);
    const metrics = await (await fetch(`${server.url}/metrics`)).text();
    const up = metrics.split('\n').filter((line) => line.startsWith('web_single_model_source_up'));

    expect(json.sources.map(({ source }: { source: string }) => source)).toEqual([
      `${address}?… (1)`,
      `${address}?… (2)`,
    ]);
    expect(up).toEqual([1, 2].map((number) => `web_single_model_source_up{source="${address}?… (${number})"} 1`));
    expect((await predict(server.url, 'birds', ROW)).status).toBe(200);
    expect((await predict(server.url, 'fewer-birds', ROW)).status).toBe(200);
    expect(metrics + JSON.stringify(json) + server.output().stdout + server.output().stderr).not.toContain('s3cret');
  });

  it('that is no model is told so, and served once it is one', async () => {
    await using at = await setUp({ '/birds.onnx': Buffer.from('<html>Sign in</html>') });
    await using server = await at.start();
    const corrupt = await untilWaiting(server);
    at.source.files.set('/birds.onnx', three);
    await untilReady(server);
    expect(corrupt.source.message).toContain('looks like an HTML page');
  });

  it('is fetched on from where a killed server left it', async () => {
    await using at = await setUp({ '/birds.onnx': three });
    at.source.stallAfterBytes = 500;
    const killed = await at.start();
    await untilPartial(at.cache, 500);
    killed.child.kill('SIGKILL');
    await killed.exited;
    at.source.stallAfterBytes = undefined;

    await using server = await at.start();
    await untilReady(server);

    expect(at.source.ranges).toEqual([undefined, 'bytes=500-']);
    expect(await labelsOf(server)).toEqual(['crow', 'finch', 'owl']);
  });

  it('ends with 0 at once on SIGTERM in the middle of a download', async () => {
    await using at = await setUp({ '/birds.onnx': three });
    at.source.stallAfterBytes = 500;
    const server = await at.start();
    await untilPartial(at.cache, 500);
    const startMs = performance.now();
    server.child.kill('SIGTERM');
    expect(await server.exited).toBe(0);
    expect(performance.now() - startMs).toBeLessThan(5000);
  });

  it('in a cache that cannot be written is waited for, with a clear message', async () => {
    await using at = await setUp({ '/birds.onnx': three });
    await writeFile(join(at.cache, 'file'), '');
    await using server = await at.start({ MODEL_CACHE: join(at.cache, 'file/cache') });
    const { source } = await untilWaiting(server);
    expect(source.message).toContain('file/cache" is no folder (ENOTDIR). Name another folder by MODEL_CACHE.');
    expect((await call(`${server.url}/livez`)).status).toBe(200);
  });

  it('serves on with its source down, and needs it again at the next start unless it is pinned', async () => {
    const pin = `#sha256=${createHash('sha256').update(three).digest('hex')}`;
    await using pinned = await setUp({ '/birds.onnx': three }, { pin });
    await using free = await setUp({ '/birds.onnx': three });
    for (const at of [pinned, free]) {
      await using server = await at.start();
      await untilReady(server);
      at.source.files.clear();
      expect(await labelsOf(server)).toEqual(['crow', 'finch', 'owl']);
    }
    await using again = await pinned.start();
    await using refused = await free.start();
    await untilReady(again);
    const { status, source } = await untilWaiting(refused);
    expect(await labelsOf(again)).toEqual(['crow', 'finch', 'owl']);
    expect([status, source.state]).toEqual([503, 'waiting']);
  });

  it('is fetched again by a load, and takes over once it is proven', async () => {
    await using at = await setUp({ '/birds.onnx': three }, { environment: { ADMIN_TOKEN: TOKEN, ADMIN_PORT: '0' } });
    await using server = await at.start();
    await untilReady(server);
    const [, admin] =
      /admin\s+(\S+)/.exec(
        await until(
          async () => server.output().stderr,
          (text) => /admin/.test(text),
        ),
      ) ?? [];
    const load = () =>
      call(`${admin}/v2/repository/models/birds/load`, {
        method: 'POST',
        headers: { authorization: `Bearer ${TOKEN}` },
      });

    at.source.files.set('/birds.onnx', Buffer.from('not a model'));
    const refused = await load();
    const kept = await labelsOf(server);
    at.source.files.set('/birds.onnx', two);
    const loaded = await load();

    expect([refused.status, refused.text]).toEqual([422, expect.stringContaining('looks like a text file')]);
    expect(kept).toEqual(['crow', 'finch', 'owl']);
    expect(loaded.status).toBe(200);
    expect(await labelsOf(server)).toEqual(['crow', 'finch']);
    expect((await readiness(server)).status).toBe(200);
  });
});
