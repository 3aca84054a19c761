import { describe, expect, it } from 'vitest';
import { levelOf } from './level.ts';
import type { WireTensor } from './message.ts';
import { errorOf } from './testing/error-of.ts';
import { modelOf, penguins, requestOf } from './testing/oip-models.ts';

const named = (...names: string[]): readonly WireTensor[] =>
  names.map((name) => ({ name, shape: [0], datatype: 'BYTES', elements: [] }));

const both = modelOf([{ name: 'x', dtype: 'float32', dims: ['batch'] }], [], {
  signature: { input: { x: { type: 'number' }, y: { type: 'number', optional: true } }, output: {} },
});

const shared = modelOf(
  ['x', 'y'].map((name) => ({ name, dtype: 'string', dims: ['batch', 1] })),
  [],
  { signature: { input: { x: { type: 'text' }, y: { type: 'text', optional: true } }, output: {} } },
);

describe('levelOf', () => {
  it.each([
    ['tensor', penguins, ['features']],
    ['row', penguins, ['island', 'year']],
    ['tensor', both, ['x']],
    ['row', both, ['x', 'y']],
    ['tensor', both, []],
    ['tensor', shared, ['x', 'y']],
    ['row', shared, ['x']],
  ])('is %s by the names of the inputs', (level, model, names) => {
    expect(levelOf(requestOf({ inputs: named(...names) }), model)).toBe(level);
  });

  it('is what the parameter says, whatever the names are', () => {
    expect(levelOf(requestOf({ inputs: named('x'), parameters: { level: 'row' } }), both)).toBe('row');
    expect(levelOf(requestOf({ inputs: named('island'), parameters: { level: 'tensor' } }), penguins)).toBe('tensor');
    expect(errorOf(() => levelOf(requestOf({ parameters: { level: 'x' } }), both)).code).toBe('INVALID_REQUEST');
  });

  it('names the inputs of both levels where the names are of neither', () => {
    const error = errorOf(() => levelOf(requestOf({ inputs: named('features', 'island') }), penguins));

    expect(error.code).toBe('INPUT_MISMATCH');
    expect(error.message).toBe(
      'Model "penguins" takes the tensors of its session ("features") or the fields of its rows ' +
        '("island", "bill_length_mm", "year", "tagged"), got "features", "island".',
    );
  });
});
