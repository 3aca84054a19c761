import { describe, expect, it } from 'vitest';
import { checkRequestedOutputs } from './requested-outputs.ts';
import { errorOf } from './testing/error-of.ts';
import { modelOf, penguins, requestOf } from './testing/oip-models.ts';

const model = modelOf(
  [],
  [
    { name: 'half', dtype: 'float16', dims: ['n'] },
    { name: 'text', dtype: 'string', dims: ['n'] },
  ],
);

describe('checkRequestedOutputs', () => {
  it('takes known outputs, each once, at either level', () => {
    checkRequestedOutputs(requestOf({ outputs: [{ name: 'logits' }] }), penguins, 'tensor');
    checkRequestedOutputs(
      requestOf({ outputs: [{ name: 'probabilities', classes: 2 }, { name: 'label' }] }),
      penguins,
      'row',
    );
    checkRequestedOutputs(requestOf({ outputs: [] }), penguins, 'row');
  });

  it.each([
    [[{ name: 'nope' }], 'Output "nope" of model "penguins" does not exist; there are "label", "probabilities".'],
    [[{ name: 'constructor' }], 'does not exist'],
    [[{ name: 'logits' }], 'does not exist'],
    [[{ name: 'label' }, { name: 'label' }], 'Output "label" already exists in request.'],
    [[{ name: 'label', classes: 1 }], 'BYTES has no values'],
  ])('refuses %j', (outputs, fragment) => {
    const error = errorOf(() => checkRequestedOutputs(requestOf({ outputs }), penguins, 'row'));

    expect(error.code).toBe('INVALID_REQUEST');
    expect(error.message).toContain(fragment);
  });

  it('stays short for 10,000 outputs', () => {
    const outputs = Array.from({ length: 10_000 }, (_, index) => ({ name: `${'n'.repeat(1000)}${index}` }));
    const error = errorOf(() => checkRequestedOutputs(requestOf({ outputs }), penguins, 'row'));

    expect(error.message).toContain('The request wants 10000 outputs, there are 2.');
    expect(error.message.length).toBeLessThan(1500);
  });

  it.each([
    [{ binaryOutputs: false }, false],
    [{ binaryOutputs: false, outputs: [{ name: 'half' }] }, false],
    [{ binaryOutputs: true, outputs: [{ name: 'half', binary: false }] }, false],
    [{ binaryOutputs: false, outputs: [{ name: 'half', binary: true }] }, true],
    [{ binaryOutputs: false, outputs: [{ name: 'half', classes: 1 }] }, true],
    [{ binaryOutputs: false, outputs: [{ name: 'text' }] }, true],
    [{ binaryOutputs: true }, true],
    [{}, true],
  ])('lets FP16 out in bytes only: %j', (request, passes) => {
    const check = () => checkRequestedOutputs(requestOf(request), model, 'tensor');

    if (passes) check();
    else expect(errorOf(check).message).toContain('Output "half" of model "m": FP16 has no JSON form');
  });
});
