import { describe, expect, it } from 'vitest';
import type { Signature } from '@web-single/signature';
import { checkRequestRows } from './check-request-rows.ts';
import { systemClock, type Clock } from './clock.ts';

const signature: Signature = { input: { x: { type: 'number', max: 9 } }, output: { y: { type: 'number' } } };

describe('checkRequestRows', () => {
  it('gives the event loop a turn between the parts of a long request, and none to a short one', async () => {
    let turns = 0;
    const clock: Clock = { ...systemClock, nextTick: (callback) => systemClock.nextTick(() => (turns++, callback())) };
    const rows = Array.from({ length: 1201 }, () => ({ x: 1 }));

    const checked = await checkRequestRows(signature, { rows }, clock);

    expect(checked.rows).toHaveLength(1201);
    expect(turns).toBe(2);
    await checkRequestRows(signature, { rows: rows.slice(0, 500) }, clock);
    expect(turns).toBe(2);
  });

  it('tells every bad row by its index in the request, whichever part it was in', async () => {
    const rows = Array.from({ length: 1100 }, (_, index) => ({ x: index % 550 === 549 ? 10 : 1 }));

    const { rows: good, rejected } = await checkRequestRows(signature, { rows, onError: 'row' }, systemClock);

    await expect(checkRequestRows(signature, { rows }, systemClock)).rejects.toMatchObject({
      code: 'INPUT_MISMATCH',
      details: [
        { row: 549, field: 'x' },
        { row: 1099, field: 'x' },
      ],
    });
    expect(good).toHaveLength(1098);
    expect([...rejected.keys()]).toEqual([549, 1099]);
  });

  it('tells a hundred problems of a long request, and of each bad row beyond its first one', async () => {
    const two: Signature = { ...signature, input: { ...signature.input, z: { type: 'number', max: 9 } } };
    const rows = Array.from({ length: 600 }, () => ({ x: 10, z: 10 }));

    const { rejected } = await checkRequestRows(two, { rows, onError: 'row' }, systemClock);

    const told = [...rejected.values()].map(({ details }) => details.length);
    expect(told).toEqual(Array.from({ length: 600 }, (_, row) => (row < 50 ? 2 : 1)));
  });
});
