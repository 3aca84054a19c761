import { describe, expect, it } from 'vitest';
import { runStep } from '../../testing/run-step.ts';

const spec = { step: 'rename-outputs', fields: { output_0: 'price' } };

describe('rename-outputs', () => {
  it('renames and keeps the others', async () => {
    expect(await runStep(spec, { output_0: 3, output_1: 4 })).toEqual({ output_1: 4, price: 3 });
  });

  it('says what was probably meant', async () => {
    expect(await runStep(spec, { output_1: 4 })).toMatchObject({ field: 'output_0', hint: 'Did you mean "output_1"?' });
  });
});
