import type { Signature } from '@web-single/signature';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkOverrides, overridePackage, type PackageOverrides } from './override-package.ts';
import { OverridesError } from './overrides-error.ts';
import { readOverrides } from './read-overrides.ts';

const classes = ['Adelie', 'Chinstrap', 'Gentoo'];
const signature: Signature = {
  input: {
    island: { type: 'category', values: ['Biscoe', 'Dream'] },
    mass: { type: 'number', min: 1500, max: 9000, example: 3750 },
  },
  output: {
    label: { type: 'category', values: classes, example: 'Adelie' },
    probabilities: { type: 'scores', of: 'label' },
    embedding: { type: 'number' },
  },
};
const penguins = { name: 'penguins', version: '1.0.0', signature };
const regression = {
  name: 'price',
  version: '1',
  signature: { input: {}, output: { y: { type: 'number' as const } } },
};

const read = (text: string) => readOverrides(new TextEncoder().encode(text));

function override(rule: string, modelPackage = penguins): PackageOverrides {
  return overridePackage(modelPackage, read(`models: { ${modelPackage.name}: ${rule} }`))!;
}

function problems(act: () => unknown): string[] {
  try {
    act();
  } catch (error) {
    if (error instanceof OverridesError) return error.message.split('\n');
    throw error;
  }
  return [];
}

const answer = (adelie: number, chinstrap: number, gentoo: number, label = 'Adelie') => ({
  label,
  probabilities: { Adelie: adelie, Chinstrap: chinstrap, Gentoo: gentoo },
  embedding: 7,
});

describe('overridePackage', () => {
  it('shows other labels, as keys of the scores too, in the order of the classes', () => {
    const { signature: shown, changeAnswer } = override('{ labels: { Adelie: Adélie penguin } }');

    const changed = changeAnswer!(answer(0.7, 0.2, 0.1));

    expect(changed).toEqual({
      label: 'Adélie penguin',
      probabilities: { 'Adélie penguin': 0.7, Chinstrap: 0.2, Gentoo: 0.1 },
      embedding: 7,
    });
    expect(Object.keys(changed['probabilities'] as object)).toEqual(['Adélie penguin', 'Chinstrap', 'Gentoo']);
    expect(shown.output).toEqual({
      label: { type: 'category', values: ['Adélie penguin', 'Chinstrap', 'Gentoo'], example: 'Adélie penguin' },
      probabilities: { type: 'scores', of: 'label' },
      embedding: { type: 'number' },
    });
    expect(signature.output['label']).toMatchObject({ values: classes });
  });

  it('answers otherwise below the least score, which then has no score of its own', () => {
    const { signature: shown, changeAnswer } = override('{ minScore: 0.6, otherwise: unknown, labels: { Adelie: A } }');

    expect(changeAnswer!(answer(0.59, 0.31, 0.1))).toMatchObject({ label: 'unknown' });
    expect(changeAnswer!(answer(0.6, 0.3, 0.1))).toMatchObject({ label: 'A' });
    expect(shown.output['label']).toMatchObject({ values: ['A', 'Chinstrap', 'Gentoo', 'unknown'] });
    expect(shown.output['probabilities']).toMatchObject({ labels: ['A', 'Chinstrap', 'Gentoo'] });
  });

  it('takes one of the labels as the other answer, as it is shown', () => {
    const { signature: shown, changeAnswer } = override('{ minScore: 0.6, otherwise: G, labels: { Gentoo: G } }');

    expect(changeAnswer!(answer(0.5, 0.3, 0.2))).toMatchObject({ label: 'G' });
    expect(shown.output['label']).toMatchObject({ values: ['Adelie', 'Chinstrap', 'G'] });
    expect(shown.output['probabilities']).not.toHaveProperty('labels');
  });

  it('moves the threshold of a class, whose label may be a number or a bigint of the session', () => {
    const binary = {
      name: 'fraud',
      version: '1',
      signature: {
        input: {},
        output: {
          label: { type: 'category' as const, values: [0, 1] },
          probabilities: { type: 'scores' as const, of: 'label' },
        },
      },
    };
    const { changeAnswer } = override('{ thresholds: { 1: 0.3 }, labels: { 1: fraud } }', binary as never);

    expect(changeAnswer!({ label: 0n, probabilities: { 0: 0.65, 1: 0.35 } })).toEqual({
      label: 'fraud',
      probabilities: { 0: 0.65, fraud: 0.35 },
    });
    expect(changeAnswer!({ label: 0, probabilities: { 0: 0.75, 1: 0.25 } })).toMatchObject({ label: 0 });
  });

  it('narrows the range of an input, and forgets an example outside', () => {
    const { signature: shown, changeAnswer } = override('{ input: { mass: { min: 4000 } } }');

    expect(shown.input['mass']).toEqual({ type: 'number', min: 4000, max: 9000 });
    expect(Object.keys(shown.input)).toEqual(['island', 'mass']);
    expect(changeAnswer).toBeUndefined();
  });

  it('lays the keys of a version over those of its model', () => {
    const text = `
models:
  penguins:
    minScore: 0.6
    otherwise: unknown
    versions: { 1.0.0: { otherwise: unclear, enabled: false }, 2.0.0: { enabled: true } }
  other: {}
`;
    expect(overridePackage(penguins, read(text))).toMatchObject({
      isEnabled: false,
      rule: { minScore: 0.6, otherwise: 'unclear' },
    });
    expect(overridePackage({ ...penguins, version: '2.0.0' }, read(text))).toMatchObject({
      isEnabled: true,
      rule: { otherwise: 'unknown' },
    });
    expect(overridePackage({ ...penguins, name: 'other' }, read(text))).toBeUndefined();
    expect(overridePackage({ ...penguins, name: 'constructor' }, read(text))).toBeUndefined();
  });

  it('keeps the other answer of the package itself, unless a least score is set', () => {
    const own = {
      ...penguins,
      signature: {
        ...signature,
        output: {
          label: { type: 'category' as const, values: [...classes, 'unknown'] },
          probabilities: { type: 'scores' as const, of: 'label', labels: classes },
        },
      },
    };
    const renamed = override('{ labels: { unknown: unclear } }', own as never);

    expect(renamed.changeAnswer!(answer(0.5, 0.3, 0.2, 'unknown'))).toMatchObject({ label: 'unclear' });
    expect(renamed.signature.output['probabilities']).toMatchObject({ labels: classes });
    const looser = override('{ minScore: 0.4, otherwise: unknown }', own as never);
    expect(looser.changeAnswer!(answer(0.5, 0.3, 0.2, 'unknown'))).toMatchObject({ label: 'Adelie' });
  });

  it('answers only labels that its signature has, and changes no score', () => {
    const score = fc.double({ min: 0, max: 1, noNaN: true });
    const rule = fc.record({
      thresholds: fc.dictionary(fc.constantFrom(...classes), score, { minKeys: 1 }),
      minScore: score,
      otherwise: fc.constantFrom('unknown', 'Gentoo'),
    });
    fc.assert(
      fc.property(rule, score, score, score, (chosen, one, two, three) => {
        const { signature: shown, changeAnswer } = override(JSON.stringify({ ...chosen, labels: { Adelie: 'A' } }));
        const { label, probabilities } = changeAnswer!(answer(one, two, three));
        const field = shown.output['label'];
        expect(field?.type === 'category' && field.values).toContain(label);
        expect(Object.values(probabilities as object)).toEqual([one, two, three]);
      }),
      { seed: 5, numRuns: 300 },
    );
  });

  it('tells all that does not fit the package, and where', () => {
    const rule = `
      labels: { Adeli: x, Gentoo: Chinstrap }
      thresholds: { Chinstrp: 0.5 }
      otherwise: unknown
      input: { mas: { min: 1 }, island: { min: 1 }, mass: { min: 1000, max: 9999 } }
      versions: { 1.0.0: { otherwise: never } }`;
    expect(problems(() => overridePackage(penguins, read(`models:\n  penguins:${rule}`)))).toEqual([
      'overrides.yaml /models/penguins/input/mas: The model has no such input (did you mean "mass"?); there are "island", "mass".',
      'overrides.yaml /models/penguins/input/island: Expected an input of type number; "island" is of type category.',
      "overrides.yaml /models/penguins/input/mass/min: Expected at least 1500, the package's own; got 1000.",
      "overrides.yaml /models/penguins/input/mass/max: Expected at most 9000, the package's own; got 9999.",
      'overrides.yaml /models/penguins/labels/Adeli: The model has no such label (did you mean "Adelie"?); there are "Adelie", "Chinstrap", "Gentoo".',
      'overrides.yaml /models/penguins/labels/Gentoo: Two labels would be shown as "Chinstrap".',
      'overrides.yaml /models/penguins/thresholds/Chinstrp: Expected one of the labels "Adelie", "Chinstrap", "Gentoo" (did you mean "Chinstrap"?); got 0.5.',
      'overrides.yaml /models/penguins/versions/1.0.0/otherwise: Expected nothing, or also "minScore": some label is always the answer; got "never" (string).',
    ]);
  });

  it.each([
    ['{ minScore: 0.5 }', 'otherwise: Expected the answer to rows below "minScore"; got nothing.'],
    [
      '{ minScore: 0.5, otherwise: Adelie, labels: { Adelie: A } }',
      'The label "Adelie" (string) is shown as "A": name it so.',
    ],
    ['{ minScore: 0.5, otherwise: "1", labels: { Adelie: 1 } }', 'Expected 1 in its own type, got "1" (string).'],
    ['{ input: { mass: { min: 5000, max: 4000 } } }', 'mass: No value lies between 5000 and 4000.'],
  ])('refuses %s', (rule, problem) => {
    expect(problems(() => override(rule)).join('\n')).toContain(problem);
  });

  it('refuses labels and scores where there are none, with the reason', () => {
    expect(problems(() => override('{ labels: { a: b }, minScore: 0.5 }', regression as never))).toEqual(
      ['labels', 'minScore'].map(
        (key) =>
          `overrides.yaml /models/price/${key}: The model has no labels: none of its outputs ("y") is a category.`,
      ),
    );
    const scoreless = { ...penguins, signature: { input: {}, output: { label: signature.output['label']! } } };
    expect(problems(() => override('{ labels: { Adelie: A } }', scoreless as never))).toEqual([]);
    expect(problems(() => override('{ minScore: 0.5, otherwise: x }', scoreless as never))[0]).toContain(
      'The model has no scores of "label"',
    );
  });
});

describe('checkOverrides', () => {
  it('tells which version a rule does not fit, where there are several', () => {
    const other = { ...penguins, version: '2', signature: { input: {}, output: signature.output } };
    const text = 'models: { penguins: { input: { mass: { min: 2000 } } } }';

    expect(problems(() => checkOverrides(read(text), [penguins, other], [penguins, other]))).toEqual([
      'overrides.yaml /models/penguins/input/mass: Version 2: The model has no such input; there are none.',
    ]);
  });

  it('lets names be that are not known yet, where the others are not all there are', () => {
    expect(problems(() => checkOverrides(read('models: { later: { minScore: 1 } }'), [penguins]))).toEqual([]);
  });

  it('tells unknown models and versions with what was probably meant, and the problems of all packages', () => {
    const text = 'models: { pinguins: {}, penguins: { minScore: 1, versions: { 1.0.1: {} } }, price: { minScore: 1 } }';
    const known = [penguins, { ...penguins, version: '1.1.0' }, regression];

    expect(problems(() => checkOverrides(read(text), known, known))).toEqual([
      'overrides.yaml /models/pinguins: There is no model of this name (did you mean "penguins"?); there are "penguins", "price".',
      'overrides.yaml /models/penguins/versions/1.0.1: The model has no such version (did you mean "1.0.0"?); there are "1.0.0", "1.1.0".',
      'overrides.yaml /models/penguins/otherwise: Expected the answer to rows below "minScore"; got nothing.',
      'overrides.yaml /models/price/minScore: The model has no labels: none of its outputs ("y") is a category.',
    ]);
  });
});
