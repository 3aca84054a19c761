import { useMutation, useQuery, useQueries, useSuspenseQuery, queryOptions, QueryClient } from '@tanstack/react-query';
import { describe, expectTypeOf, it } from 'vitest';
import { createPredictor } from '../index.ts';
import type { ModelSummary, PredictorFailure } from '../index.ts';
import { modelKey, modelOptions, modelsOptions, predictMutation, predictOptions } from './index.ts';

const predictor = createPredictor({ baseUrl: '/' });
const { penguins, digits } = predictor.models;
type Species = 'Adelie' | 'Chinstrap' | 'Gentoo';
const row = { island: 'Dream' } as const;

describe('query options', () => {
  it('give useQuery the literal labels of the model, and errors that narrow by code', () => {
    const { data, error } = useQuery(predictOptions(penguins, row));

    expectTypeOf(data?.label).toEqualTypeOf<Species | undefined>();
    expectTypeOf(error).toEqualTypeOf<PredictorFailure | null>();
    if (error?.code === 'INPUT_MISMATCH') expectTypeOf(error.details[0]?.field).toEqualTypeOf<string | undefined>();
    // @ts-expect-error no such code
    if (error?.code === 'NO_SUCH_CODE') return;
  });

  it('go with everything that TanStack adds', () => {
    const picked = useQuery({ ...predictOptions(penguins, row), select: ({ label }) => label, staleTime: 1000 });
    expectTypeOf(picked.data).toEqualTypeOf<Species | undefined>();

    expectTypeOf(useSuspenseQuery(predictOptions(digits, new Blob([]))).data.label).toEqualTypeOf<
      0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9
    >();
    const [one, list] = useQueries({ queries: [predictOptions(penguins, row), modelsOptions(predictor)] });
    expectTypeOf(one.data?.label).toEqualTypeOf<Species | undefined>();
    expectTypeOf(list.data).toEqualTypeOf<readonly ModelSummary[] | undefined>();
  });

  it('take rows, and a row that is not there yet', () => {
    expectTypeOf(useQuery(predictOptions(penguins, [row])).data?.[0]?.label).toEqualTypeOf<Species | undefined>();

    const maybe: typeof row | undefined = row as typeof row | undefined;
    const waiting = predictOptions(penguins, maybe);
    expectTypeOf(waiting.enabled).toBeBoolean();
    expectTypeOf(useQuery(waiting).data?.label).toEqualTypeOf<Species | undefined>();
    expectTypeOf(useQuery({ ...waiting, enabled: false }).error).toEqualTypeOf<PredictorFailure | null>();
  });

  it('take no wrong row', () => {
    // @ts-expect-error no such island
    predictOptions(penguins, { island: 'Dreem' });
    // @ts-expect-error no such field
    predictOptions(penguins, { island: 'Dream', wings: 2 });
    // @ts-expect-error penguins takes no file
    predictOptions(penguins, new Blob([]));
    // @ts-expect-error the signal is TanStack's
    predictOptions(penguins, row, { signal: AbortSignal.abort() });
  });

  it('get typed keys from the queryOptions of an adapter', () => {
    const options = queryOptions(predictOptions(penguins, row));

    expectTypeOf(new QueryClient().getQueryData(options.queryKey)?.label).toEqualTypeOf<Species | undefined>();
  });

  it('describe models', async () => {
    const client = new QueryClient();
    expectTypeOf(await client.fetchQuery(modelOptions(penguins))).toEqualTypeOf<Readonly<Record<string, unknown>>>();
    expectTypeOf(
      await client.fetchQuery(predictOptions(penguins, row)).then(({ label }) => label),
    ).toEqualTypeOf<Species>();
    void client.invalidateQueries({ queryKey: modelKey(penguins) });
  });
});

describe('predictMutation', () => {
  it('gives useMutation the row to take and the prediction it gives', () => {
    const { mutate, mutateAsync, data, error } = useMutation(predictMutation(penguins));

    mutate(row);
    // @ts-expect-error no such island
    mutate({ island: 'Dreem' });
    expectTypeOf(mutateAsync(row)).resolves.toHaveProperty('label');
    expectTypeOf(data?.label).toEqualTypeOf<Species | undefined>();
    expectTypeOf(error).toEqualTypeOf<PredictorFailure | null>();
  });
});
