import { fileURLToPath } from 'node:url';
import { readSourceUri, SourceError, type FetchedModel } from '@web-single/model-package';
import { createServing } from '@web-single/serving';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { ModelSources } from './model-sources.ts';

const models = fileURLToPath(new URL('../../../../models', import.meta.url));
const penguins: FetchedModel = { path: `${models}/penguins`, isAsked: true };
const digits: FetchedModel = { path: `${models}/digits`, isAsked: false };

/** Attempts answer in turn what is scripted; time moves when the test says so. */
function setUp(
  script: (FetchedModel | Error)[],
  { golden = 'passes', uris = ['https://models.example/penguins.tar?sig=s3cret'] } = {},
) {
  const timers: { callback: () => void; delayMs: number }[] = [];
  const logged: Record<string, unknown>[] = [];
  const probes: (Error | undefined)[] = [];
  const engine = { placement: 'process', maxRows: 1, instances: 1, status: () => ({}), close: () => Promise.resolve() };
  const state = { golden };
  const serving = createServing({
    packages: [],
    startEngine: () =>
      state.golden === 'passes'
        ? Promise.resolve({
            engine,
            calibration: { curve: [] },
            goldenReport: { cases: 0, failures: [] },
            warnings: [],
          } as never)
        : Promise.reject(new Error('Golden case 1 differs.')),
  });
  const sources = new ModelSources(
    uris.map((text) => {
      const read = readSourceUri(text);
      if ('problem' in read) throw new Error(read.problem);
      return read.uri;
    }),
    {
      fetcher: {
        fetch: async () => {
          const next = script.length > 1 ? script.shift() : script[0];
          if (next instanceof Error) throw next;
          return next as FetchedModel;
        },
        probe: async () => {
          const failure = probes.shift();
          if (failure !== undefined) throw failure;
        },
      },
      serving,
      openOptions: {},
      log: pino({}, { write: (line: string) => void logged.push(JSON.parse(line)) }),
      clock: { schedule: (callback, delayMs) => (timers.push({ callback, delayMs }), () => undefined) },
      random: () => 0,
    },
  );
  /** Runs the next timer, and what follows from it. */
  const pass = async (): Promise<number> => {
    const due = await until(() => timers.shift());
    due.callback();
    return due.delayMs;
  };
  return { serving, sources, logged, pass, probes, state, script };
}

/** What a question answers as soon as it does. */
async function until<Answer>(ask: () => Answer | undefined): Promise<Answer> {
  for (;;) {
    const answer = ask();
    if (answer !== undefined) return answer;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

const down = new SourceError('unreachable', '"models.example" refused the connection (ECONNREFUSED).');

describe('a model from elsewhere', () => {
  it('makes the server ready once it serves, and not before', async () => {
    const { serving, sources, pass, logged } = setUp([down, down, penguins]);
    const brought = sources.bring([]);
    await serving.load();
    expect([serving.isStarted, serving.isReady]).toEqual([false, false]);

    const waitsMs = [await pass(), await pass()];
    await brought;

    expect(waitsMs).toEqual([1000, 2000]);
    expect([serving.isStarted, serving.isReady, serving.models.names()]).toEqual([true, true, ['penguins']]);
    expect(sources.statuses()).toEqual([{ source: 'https://models.example/penguins.tar?…', state: 'active' }]);
    expect(logged.map(({ event, reason, attempt }) => [event, reason, attempt])).toEqual([
      ['source failed', 'unreachable', 1],
      ['source failed', 'unreachable', 2],
    ]);
    expect(JSON.stringify(logged)).not.toContain('s3cret');
  });

  it('says why it is not there, and that it has started', async () => {
    const { serving, sources } = setUp([down]);
    void sources.bring([]);
    await serving.load();
    const failed = await until(() => sources.statuses().find(({ state }) => state === 'waiting'));
    expect(failed.message).toContain('refused the connection');
    expect([serving.isStarted, serving.isReady, sources.answering()]).toEqual([
      true,
      false,
      [{ source: 'https://models.example/penguins.tar?…', isUp: false }],
    ]);
  });

  it('whose golden cases fail is never ready, and is once they pass', async () => {
    const { serving, sources, pass, state } = setUp([penguins], { golden: 'fails' });
    const brought = sources.bring([]);
    await serving.load();
    const failed = await until(() => sources.statuses().find((status) => status.state === 'waiting'));
    expect([failed.message, serving.isReady]).toEqual([expect.stringContaining('Golden case 1 differs.'), false]);

    state.golden = 'passes';
    await pass();
    await brought;

    expect(serving.isReady).toBe(true);
  });

  it.each([
    ['another address', ['https://models.example/a.tar', 'https://models.example/b.tar']],
    ['another query', ['https://models.example/a.tar?id=1', 'https://models.example/a.tar?id=2']],
  ])('never takes the name of one that serves already, from %s', async (_what, uris) => {
    const { serving, sources } = setUp([penguins], { uris });
    void sources.bring([]);
    await serving.load();
    const failed = await until(() => sources.statuses().find(({ state }) => state === 'waiting'));
    expect(failed.message).toContain('Model "penguins" has version "1.0.0" twice');
    expect(serving.isReady).toBe(false);
  });

  it('serves on while its source is down, which a gauge and one log line say', async () => {
    const { serving, sources, pass, probes, logged } = setUp([penguins]);
    probes.push(down, down, undefined);
    const brought = sources.bring([]);
    await serving.load();
    await brought;
    const seen: unknown[] = [];
    for (const isUp of [false, false, true]) {
      await pass();
      seen.push(await until(() => (sources.answering()[0]?.isUp === isUp ? isUp : undefined)));
    }
    expect([serving.isReady, seen]).toEqual([true, [false, false, true]]);
    await until(() => (logged.length === 2 ? logged : undefined));
    expect(logged.map(({ event }) => event)).toEqual(['source down', 'source up']);
  });

  it('that is pinned and cached says nothing of its source', async () => {
    const { serving, sources } = setUp([digits]);
    const brought = sources.bring([]);
    await serving.load();
    await brought;
    expect(sources.answering()).toEqual([]);
  });

  it('is fetched again by its name, by what it brought and not by what its address is called', async () => {
    const { serving, sources, script } = setUp([penguins], { uris: ['https://models.example/birds.tar'] });
    const brought = sources.bring([]);
    await serving.load();
    await brought;
    expect((await sources.open('penguins')).map(({ name }) => name)).toEqual(['penguins']);
    expect(await sources.open('birds')).toEqual([]);
    script.splice(0, 1, down);
    await expect(sources.open('penguins')).rejects.toMatchObject({ code: 'INVALID_PACKAGE' });
    expect(serving.isReady).toBe(true);
  });

  it('is given up without a word where the server ends', async () => {
    const { serving, sources, logged } = setUp([down]);
    void sources.bring([]);
    await serving.load();
    await until(() => (logged.length === 1 ? logged : undefined));
    sources.end();
    await new Promise((resolve) => setImmediate(resolve));
    expect(logged.length).toBe(1);
  });
});
