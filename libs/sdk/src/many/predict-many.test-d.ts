import { describe, expectTypeOf, it } from 'vitest';
import { createPredictor } from '../index.ts';
import type { PredictorFailure } from '../index.ts';
import { predictMany } from './index.ts';

const { models, model } = createPredictor({ baseUrl: '/' });
type Species = 'Adelie' | 'Chinstrap' | 'Gentoo';
const dream = { island: 'Dream' } as const;

describe('predictMany', () => {
  it('gives predictions of the model, all at once or one after the other', async () => {
    expectTypeOf((await predictMany(models.penguins, [dream]))[0]!.label).toEqualTypeOf<Species>();
    for await (const { label } of predictMany(models.penguins, new Set([dream]))) {
      expectTypeOf(label).toEqualTypeOf<Species>();
    }
    expectTypeOf(predictMany(model('any'), [{}])).resolves.items.toEqualTypeOf<Readonly<Record<string, unknown>>>();
  });

  it('gives outcomes that narrow by ok where rows may fail alone', async () => {
    for await (const outcome of predictMany(models.penguins, [dream], { onError: 'row' })) {
      if (outcome.ok) expectTypeOf(outcome.prediction.label).toEqualTypeOf<Species>();
      else expectTypeOf(outcome.error).toEqualTypeOf<PredictorFailure>();
      // @ts-expect-error it may be an error
      void outcome.prediction;
    }
  });

  it('takes images, and no wrong row', () => {
    void predictMany(models.digits, [new Blob([]), { image: new Uint8Array(1) }]);
    // @ts-expect-error no such island
    void predictMany(models.penguins, [{ island: 'Dreem' }]);
    // @ts-expect-error one row is no rows
    void predictMany(models.penguins, dream);
    // @ts-expect-error every request has an id of its own
    void predictMany(models.penguins, [dream], { requestId: 'mine' });
  });
});
