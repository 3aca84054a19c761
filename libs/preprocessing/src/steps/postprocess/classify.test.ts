import type { Value } from '@web-single/tensor';
import { describe, expect, it } from 'vitest';
import { createPipeline } from '../../create-pipeline.ts';
import { runStep } from '../../testing/run-step.ts';

const spec = { step: 'classify', from: 'scores', labels: ['Adelie', 'Chinstrap', 'Gentoo'] };
const scores = { dtype: 'float32', shape: [3], data: Float32Array.of(0.25, 0.5, 0.25) } as const;
const probabilities = { Adelie: 0.25, Chinstrap: 0.5, Gentoo: 0.25 };

describe('classify', () => {
  it.each<[string, Value]>([
    ['a tensor [k]', scores],
    ['a tensor [1, k]', { ...scores, shape: [1, 3] }],
    ['an array', [0.25, 0.5, 0.25]],
  ])('names the highest score of %s', async (_, value) => {
    expect(await runStep(spec, { scores: value })).toEqual({ label: 'Chinstrap', probabilities });
  });

  it('keeps the order of the labels, and other outputs', async () => {
    const row = await runStep(spec, { scores, embedding: 7 });

    expect(row).toEqual({ embedding: 7, label: 'Chinstrap', probabilities });
    expect(Object.keys((row as typeof row & { probabilities: object }).probabilities)).toEqual(spec.labels);
  });

  it('takes the first of equal scores', async () => {
    expect(await runStep(spec, { scores: [0, 0, 0] })).toMatchObject({ label: 'Adelie' });
  });

  it.each<[string, Value, readonly (string | number | boolean)[], unknown]>([
    ['a string', 'Gentoo', spec.labels, 'Gentoo'],
    ['a string tensor', { dtype: 'string', shape: [1], data: ['Gentoo'] }, spec.labels, 'Gentoo'],
    ['an int64', 5n, [3, 4, 5], 5],
    ['an int64 tensor', { dtype: 'int64', shape: [], data: BigInt64Array.of(4n) }, [3, 4, 5], 4],
    ['a number', 3, [3, 4, 5], 3],
    ['a 1 for true', 1n, [false, true, 'unknown'], true],
  ])("takes the session's label, %s, over the highest score", async (_, chosen, labels, label) => {
    const row = await runStep({ ...spec, labels, label: 'output_label' }, { scores, output_label: chosen });

    expect(row).toEqual({
      label,
      probabilities: Object.fromEntries(labels.map((name, index) => [String(name), scores.data[index]])),
    });
  });

  it("gives the session's classes other names", async () => {
    const renamed = { ...spec, label: 'output_label', classes: [0, 1, 2] };

    expect(await runStep(renamed, { scores, output_label: 2n })).toEqual({ label: 'Gentoo', probabilities });
    expect(await runStep(renamed, { scores, output_label: 'Gentoo' })).toMatchObject({
      expected: 'one of the labels 0, 1, 2',
    });
    expect(() => createPipeline([{ ...renamed, classes: [0, 1] }])).toThrow('Expected as many classes as labels');
  });

  it.each<[string, Value]>([
    ['a label that is none', 'Emperor'],
    ['an index where labels are text', 1n],
    ['no label', null],
    ['two labels', { dtype: 'string', shape: [2], data: ['Gentoo', 'Adelie'] }],
  ])('rejects %s', async (_, chosen) => {
    const problem = await runStep({ ...spec, label: 'chosen' }, { scores, chosen });

    expect(problem).toMatchObject({ field: 'chosen', expected: 'one of the labels "Adelie", "Chinstrap", "Gentoo"' });
  });

  it.each<[string, Value, string]>([
    ['NaN', [0.5, NaN, 0.5], 'NaN'],
    ['a score too few', [0.5, 0.5], 'array of 2'],
    ['scores of several rows', { ...scores, shape: [3, 1] }, 'tensor float32 [3, 1]'],
  ])('rejects %s', async (_, value, got) => {
    expect(await runStep(spec, { scores: value })).toMatchObject({ field: 'scores', got });
  });

  it('says which outputs there are if its own is missing', async () => {
    expect(await runStep(spec, { logits: scores })).toMatchObject({ field: 'scores', hint: 'The row has "logits".' });
  });

  it('answers under other names', async () => {
    const row = await runStep({ ...spec, as: { label: 'species' } }, { scores });

    expect(row).toEqual({ species: 'Chinstrap', probabilities });
  });
});
