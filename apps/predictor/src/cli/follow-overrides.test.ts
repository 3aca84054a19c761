import { OverridesError, type Overrides } from '@web-single/model-package';
import { describe, expect, it } from 'vitest';
import { followOverrides } from './follow-overrides.ts';

/** A file that tests write, and a clock that they wind: each `poll` is one reading. */
function setUp(first = 'models: {}') {
  let file: string | Error = first;
  let due: (() => void) | undefined;
  const waits: number[] = [];
  const lines: object[] = [];
  let current: Overrides | undefined;
  let refused = 0;
  const stop = followOverrides({
    path: '/etc/predictor/overrides.yaml',
    readFile: async () => {
      if (file instanceof Error) throw file;
      return new TextEncoder().encode(file);
    },
    serving: {
      get overrides() {
        return current;
      },
      override(next) {
        if (Object.hasOwn(next.models, 'unknown'))
          throw new OverridesError([{ where: 'a', message: 'No such model.' }]);
        current = next;
      },
    },
    clock: {
      schedule(callback, delayMs) {
        due = callback;
        waits.push(delayMs);
        return () => (due = undefined);
      },
    },
    log: { info: (facts: object) => lines.push(facts), error: (facts: object) => lines.push(facts) } as never,
    onRefused: () => (refused += 1),
  });
  return {
    write: (text: string | Error) => (file = text),
    async poll() {
      const callback = due;
      due = undefined;
      callback?.();
      await new Promise((resolve) => setImmediate(resolve));
    },
    current: () => Object.keys(current?.models ?? {}),
    refused: () => refused,
    isWaiting: () => due !== undefined,
    lines,
    waits,
    stop,
  };
}

describe('followOverrides', () => {
  it('takes a changed file over, once, and says so', async () => {
    const { write, poll, current, lines, waits } = setUp();
    await poll();
    write('models: { penguins: {} }');
    await poll();
    await poll();

    expect(current()).toEqual(['penguins']);
    expect(lines).toEqual([
      expect.objectContaining({ event: 'overrides changed', models: [] }),
      expect.objectContaining({
        event: 'overrides changed',
        models: ['penguins'],
        sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      }),
    ]);
    expect(waits).toEqual([2000, 2000, 2000, 2000]);
  });

  it.each<[string, string | Error, string[]]>([
    [
      'cannot be parsed',
      'models: { a: { minScore: 2, enabled: 1 } }',
      [
        'overrides.yaml /models/a/minScore: Expected at most 1, got 2.',
        'overrides.yaml /models/a/enabled: Expected boolean, got 1.',
      ],
    ],
    ['does not fit', 'models: { unknown: {} }', ['a: No such model.']],
    [
      'is gone',
      new OverridesError([{ where: 'overrides.yaml', message: 'The file is missing.' }]),
      ['overrides.yaml: The file is missing.'],
    ],
    ['cannot be read', new Error('EIO: i/o error, read'), ['EIO: i/o error, read']],
  ])('keeps the old where the new one %s, and names all problems once', async (_, text, problems) => {
    const { write, poll, current, lines, refused } = setUp('models: { penguins: {} }');
    await poll();
    write(text);
    await poll();
    await poll();

    expect(current()).toEqual(['penguins']);
    expect(lines).toHaveLength(2);
    expect(lines[1]).toMatchObject({ event: 'overrides refused', problems, inForce: expect.any(String) });
    expect(refused()).toBe(1);
  });

  it('tells the same problem again after a good file', async () => {
    const { write, poll, refused, current } = setUp('models: [');
    await poll();
    write('models: { digits: {} }');
    await poll();
    write('models: [');
    await poll();

    expect(refused()).toBe(2);
    expect(current()).toEqual(['digits']);
  });

  it('reads nothing more once stopped', async () => {
    const { stop, isWaiting } = setUp();
    expect(isWaiting()).toBe(true);
    stop();
    expect(isWaiting()).toBe(false);
  });
});
