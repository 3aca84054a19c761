import { describe, expect, it } from 'vitest';
import { runStep } from '../../testing/run-step.ts';

describe('rename-fields', () => {
  it('swaps names, and leaves out what the row leaves out', async () => {
    const spec = { step: 'rename-fields', fields: { a: 'b', b: 'a', c: 'd' } };

    expect(await runStep(spec, { a: 1, b: 2, e: 3 })).toEqual({ a: 2, b: 1, e: 3 });
  });
});
