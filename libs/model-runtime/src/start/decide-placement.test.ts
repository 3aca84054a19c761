import { describe, expect, it } from 'vitest';
import { columns, fixtureModel, linear, sequence } from '../testing/fixture-model.ts';
import type { CurvePoint } from './calibrate.ts';
import { decidePlacement, mayTurnOutInline, p99At } from './decide-placement.ts';

const point = (rows: number, p50Ms: number, p99Ms = p50Ms): CurvePoint => ({ rows, p50Ms, p99Ms });
const tiny = [
  point(1, 0.02),
  point(2, 0.02),
  point(4, 0.03),
  point(8, 0.04),
  point(16, 0.06),
  point(32, 0.1),
  point(64, 0.2, 0.4),
];
const model = fixtureModel('linear', linear);

describe('decidePlacement', () => {
  it('places a model inline whose full batch takes at most 1 ms', () => {
    expect(decidePlacement(model, { curve: tiny }, false)).toMatchObject({
      placement: 'inline',
      maxRows: 64,
      runTimeoutMs: 2_000,
      warnings: [],
    });
  });

  it('takes a smaller batch to stay inline', () => {
    const curve = [...tiny.slice(0, -1), point(64, 0.2, 1.2)];

    expect(decidePlacement(model, { curve }, false)).toMatchObject({ placement: 'inline', maxRows: 32 });
  });

  it.each([
    ['a slow run', model, { curve: [point(1, 3)] }, false],
    ['a step that decodes', model, { curve: tiny }, true],
    ['rows of any length', fixtureModel('sequence', sequence), { curve: tiny }, false],
    ['free text', fixtureModel('columns', columns), { curve: tiny }, false],
  ])('places %s in a process', (_, slow, calibration, decodes) => {
    expect(decidePlacement(slow, calibration, decodes).placement).toBe('process');
  });

  it('keeps the batch that a doubling did not improve', () => {
    expect(decidePlacement(model, { curve: [point(1, 2), point(2, 2.2), point(4, 4.4)] }, false).maxRows).toBe(2);
  });

  it('takes the same batch of a tiny model whether the moment was quiet or busy', () => {
    const busy = tiny.map(({ rows, p50Ms }) => point(rows, p50Ms * (rows === 64 ? 2.4 : 2)));

    expect(decidePlacement(model, { curve: busy }, false).maxRows).toBe(64);
    expect(decidePlacement(model, { curve: [...tiny.slice(0, -1), point(64, 0.45)] }, false).maxRows).toBe(32);
  });

  it('is not misled by one size that was measured at a busy moment', () => {
    const curve = tiny.map((size) => (size.rows === 4 ? point(4, 0.4) : size));

    expect(decidePlacement(model, { curve }, false)).toMatchObject({ placement: 'inline', maxRows: 64 });
  });

  it('switches batching off for a model that mixes rows, and says so', () => {
    const decided = decidePlacement(model, { curve: [point(1, 0.02)], mixedOutput: 'scores' }, false);

    expect(decided.maxRows).toBe(1);
    expect(decided.warnings).toEqual([
      'The output "scores" of a row depends on the rows beside it: batching is off, each row is a run of its own.',
    ]);
  });

  it('lets the manifest decide rows, placement and timeout', () => {
    const stated = fixtureModel('linear', linear, {
      batching: { maxRows: 5, maxDelayMs: 0 },
      engine: { placement: 'process', instances: 1, runTimeoutMs: 700 },
    });

    expect(decidePlacement(stated, { curve: tiny }, false)).toMatchObject({
      placement: 'process',
      maxRows: 5,
      runTimeoutMs: 700,
    });
  });

  it('gives a run ten times its p99, between 2 and 60 s', () => {
    const timeout = (p99Ms: number): number => decidePlacement(model, { curve: [point(1, p99Ms)] }, false).runTimeoutMs;

    expect([timeout(10), timeout(500), timeout(9_000)]).toEqual([2_000, 5_000, 60_000]);
  });
});

describe('decidePlacement of rows without a bound', () => {
  it.each([
    ['a step that decodes', model, true],
    ['rows of any length', fixtureModel('sequence', sequence), false],
  ])('lets %s run longer than the measured rows say', (_, unbounded, decodes) => {
    expect(decidePlacement(unbounded, { curve: tiny }, decodes)).toMatchObject({
      runTimeoutMs: 60_000,
      leastPatienceMs: 10_000,
    });
    expect(decidePlacement(model, { curve: tiny }, false).leastPatienceMs).toBe(1_000);
  });
});

describe('p99At', () => {
  it('takes the measured size that holds the rows, and grows in proportion beyond', () => {
    const curve = [point(1, 1), point(2, 1.5), point(4, 2)];

    expect([p99At(curve, 1), p99At(curve, 3), p99At(curve, 8)]).toEqual([1, 2, 4]);
  });
});

describe('mayTurnOutInline', () => {
  const placed = (placement: 'inline' | 'process' | 'auto') => ({ ...model, engine: { ...model.engine, placement } });

  it.each([
    [true, 'a small model with rows of one size', model],
    [false, 'rows of any length', fixtureModel('sequence', sequence)],
    [false, 'free text', fixtureModel('columns', columns)],
    [false, 'what the manifest places in a process', placed('process')],
    [true, 'what the manifest places inline', placed('inline')],
    [false, 'a file that is gone', { ...model, modelPath: `${model.modelPath}.gone` }],
    [false, 'a file that takes too long to read from memory', { ...model, modelPath: process.execPath }],
  ])('is %s of %s', (expected, _, asked) => {
    expect(mayTurnOutInline(asked)).toBe(expected);
  });
});
