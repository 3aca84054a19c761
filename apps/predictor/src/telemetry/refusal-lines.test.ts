import { describe, expect, it } from 'vitest';
import { RefusalLines } from './refusal-lines.ts';

function setUp() {
  const timers: (() => void)[] = [];
  const written: unknown[] = [];
  const clock = {
    schedule: (callback: () => void, delayMs: number) => {
      expect(delayMs).toBe(1000);
      timers.push(callback);
      return () => undefined;
    },
  };
  const lines = new RefusalLines(clock, { warn: (facts: unknown) => void written.push(facts) });
  const endSecond = (): void => timers.splice(0).forEach((callback) => callback());
  return { lines, written, endSecond };
}

describe('RefusalLines', () => {
  it('gives the first refusal of a second and model a line, and counts the others', () => {
    const { lines, written, endSecond } = setUp();

    const due = ['digits', 'digits', 'penguins', 'digits'].map((model) => lines.isDue('OVERLOADED', model));
    expect(due).toEqual([true, false, true, false]);
    expect(written).toEqual([]);
    endSecond();

    expect(written).toEqual([{ code: 'OVERLOADED', model: 'digits', count: 2 }]);
  });

  it('begins a new second with a line, and writes no count of none', () => {
    const { lines, written, endSecond } = setUp();

    lines.isDue('OVERLOADED', 'digits');
    endSecond();

    expect(lines.isDue('OVERLOADED', 'digits')).toBe(true);
    expect(written).toEqual([]);
  });

  it('never keeps anything else from the log', () => {
    const { lines } = setUp();

    const codes = ['OVERLOADED', 'OK', 'OK', 'MODEL_NOT_READY', 'MODEL_NOT_READY', 'DEADLINE_EXCEEDED'];
    expect(codes.map((code) => lines.isDue(code, 'digits'))).toEqual(codes.map(() => true));
  });

  it('writes what it has counted where the server ends', () => {
    const { lines, written, endSecond } = setUp();
    for (let refused = 0; refused < 3; refused += 1) lines.isDue('OVERLOADED');

    lines.flush();
    endSecond();

    expect(written).toEqual([{ code: 'OVERLOADED', model: '_other', count: 2 }]);
  });
});
