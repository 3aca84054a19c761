import { describe, expect, it } from 'vitest';
import { runStep } from '../../testing/run-step.ts';

describe('drop-fields', () => {
  it('takes the fields out where the row has them', async () => {
    expect(await runStep({ step: 'drop-fields', fields: ['id', 'note'] }, { id: 'x', mass: 1 })).toEqual({ mass: 1 });
  });
});
