import { MutationObserver, QueryClient, QueryObserver } from '@tanstack/query-core';
import { describe, expect, it } from 'vitest';
import { createPredictor } from '../create-predictor.ts';
import { json, predictions, problem, serve } from '../testing/serve.ts';
import { modelOptions, modelsOptions, predictMutation, predictOptions } from './index.ts';

const dream = { island: 'Dream' } as const;

describe('with a QueryClient', () => {
  it('predicts once for equal rows, and again for others', async () => {
    await using server = await serve(predictions);
    const { penguins } = createPredictor({ baseUrl: server.url }).models;
    const client = new QueryClient({ defaultOptions: { queries: { staleTime: Infinity } } });

    const one = await client.fetchQuery(predictOptions(penguins, { ...dream, sex: null }));
    const same = await client.fetchQuery(predictOptions(penguins, { sex: null, ...dream }));
    await client.fetchQuery(predictOptions(penguins, { island: 'Biscoe' }));
    const rows = await client.fetchQuery(predictOptions(penguins, [dream, dream], { version: '1.0.0' }));

    expect(one.label).toBe('Adelie');
    expect(same).toBe(one);
    expect(rows).toHaveLength(2);
    expect(server.seen.map(({ path }) => path)).toEqual([
      '/v1/models/penguins/predict',
      '/v1/models/penguins/predict',
      '/v1/models/penguins/versions/1.0.0/predict',
    ]);
  });

  it('cancels a stale prediction: its connection is closed when the row changes', async () => {
    await using server = await serve((response, seen, attempt) => attempt > 1 && predictions(response, seen));
    const { penguins } = createPredictor({ baseUrl: server.url }).models;
    const client = new QueryClient();
    const observer = new QueryObserver(client, predictOptions(penguins, dream));
    const answered = new Promise<void>((resolve) => {
      observer.subscribe(({ data }) => data !== undefined && resolve());
    });
    await server.arrived(1);

    observer.setOptions(predictOptions(penguins, { island: 'Biscoe' }));

    await server.closed;
    await answered;
    expect(client.getQueryState(predictOptions(penguins, dream).queryKey)).toMatchObject({
      status: 'pending',
      fetchStatus: 'idle',
    });
    expect(server.seen).toHaveLength(2);
    observer.destroy();
    client.clear();
  });

  it('leaves repeating to the client of the server, whatever the defaults of the cache', async () => {
    await using server = await serve((response) => problem(response, 500, 'INFERENCE_FAILED'));
    const { penguins } = createPredictor({ baseUrl: server.url }).models;
    const retry = 3;
    const client = new QueryClient({ defaultOptions: { queries: { retry, retryDelay: 0 }, mutations: { retry } } });

    const observer = new QueryObserver(client, predictOptions(penguins, dream));
    await expect(
      observer.fetchOptimistic({ ...client.defaultQueryOptions(predictOptions(penguins, dream)) }),
    ).rejects.toMatchObject({
      code: 'INFERENCE_FAILED',
    });
    await expect(new MutationObserver(client, predictMutation(penguins)).mutate(dream)).rejects.toMatchObject({
      code: 'INFERENCE_FAILED',
    });
    expect(server.seen).toHaveLength(2);
    client.clear();
  });

  it('waits, disabled, for a row that is not there yet', async () => {
    await using server = await serve(predictions);
    const { penguins } = createPredictor({ baseUrl: server.url }).models;
    const client = new QueryClient();
    const options = predictOptions(penguins, undefined);
    const observer = new QueryObserver(client, options);
    const stop = observer.subscribe(() => {});

    expect(observer.getCurrentResult()).toMatchObject({ status: 'pending', fetchStatus: 'idle' });
    expect(predictOptions(penguins, dream)).not.toHaveProperty('enabled');
    expect((await observer.refetch()).error).toMatchObject({ code: 'INVALID_INPUT' });
    expect(server.seen).toEqual([]);
    stop();
    client.clear();
  });

  it('keeps no answer for a row that was written to after its key was made', async () => {
    await using server = await serve(predictions);
    const { digits } = createPredictor({ baseUrl: server.url }).models;
    const client = new QueryClient();
    const image = new Uint8Array([1, 2, 3]);
    const options = predictOptions(digits, image);
    const isSent = client.fetchQuery(options);
    image[0] = 9;

    expect((await isSent).label).toBe('Adelie');
    expect(server.seen[0]?.body).toEqual(Buffer.of(1, 2, 3));
    await expect(client.fetchQuery(options)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    client.clear();
  });

  it('lists and describes models', async () => {
    await using server = await serve((response, { path }) =>
      json(response, 200, path.endsWith('models') ? { models: [{ name: 'penguins' }] } : { name: 'penguins' }),
    );
    const predictor = createPredictor({ baseUrl: server.url });
    const client = new QueryClient();

    expect(await client.fetchQuery(modelsOptions(predictor))).toEqual([{ name: 'penguins' }]);
    expect(await client.fetchQuery(modelOptions(predictor.models.penguins))).toEqual({ name: 'penguins' });
    client.clear();
  });

  it('predicts on demand with a mutation, with its own signal', async () => {
    await using server = await serve(predictions);
    const { penguins } = createPredictor({ baseUrl: server.url }).models;
    const client = new QueryClient();

    const observer = new MutationObserver(client, predictMutation(penguins));
    const gone = new MutationObserver(client, predictMutation(penguins, { signal: AbortSignal.abort() }));

    expect((await observer.mutate(dream)).label).toBe('Adelie');
    await expect(gone.mutate(dream)).rejects.toMatchObject({ code: 'ABORTED' });
    client.clear();
  });
});
