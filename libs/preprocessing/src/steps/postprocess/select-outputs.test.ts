import { describe, expect, it } from 'vitest';
import { runStep } from '../../testing/run-step.ts';

const spec = { step: 'select-outputs', fields: ['price', 'currency'] };

describe('select-outputs', () => {
  it('keeps the named outputs in the given order', async () => {
    const row = await runStep(spec, { hidden: 1, currency: 'EUR', price: 3 });

    expect(Object.entries(row)).toEqual([
      ['price', 3],
      ['currency', 'EUR'],
    ]);
  });

  it('rejects a row without one of them', async () => {
    expect(await runStep(spec, { price: 3 })).toMatchObject({ field: 'currency', got: 'nothing' });
  });
});
