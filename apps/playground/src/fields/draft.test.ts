import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { InputFields, ModelDescription } from '../server/model-description.ts';
import { draftOfRow } from './entry-of-value.ts';
import { firstDraft } from './first-draft.ts';
import { rowOfDraft, valueOfEntry } from './value-of-entry.ts';

const fields: InputFields = {
  size: { type: 'number', unit: 'mm', min: 1, optional: true },
  kind: { type: 'category', values: ['3', 3, true] },
  flag: { type: 'boolean' },
  note: { type: 'text', optional: true },
  picture: { type: 'image', optional: true },
  grid: { type: 'tensor', dtype: 'float32', dims: [2] },
};

const number = fc.oneof(
  fc.integer(),
  fc.constantFrom(2 ** 53, -(2 ** 53), 2 ** 60, 12345678901234567000, 1e21, 1e300),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value || 0),
);

const rows = fc.record(
  {
    size: number,
    kind: fc.constantFrom('3', 3, true),
    flag: fc.boolean(),
    note: fc.string({ unit: 'binary' }),
    picture: fc.record({ base64: fc.base64String({ minLength: 4 }) }),
    grid: fc.array(number.filter((value) => !Object.is(value, -0))),
  },
  { requiredKeys: ['kind', 'flag', 'grid'] },
);

describe('a form', () => {
  it('gives back the row it was filled from, with the type of every value', () => {
    fc.assert(
      fc.property(rows, (row) => {
        expect(rowOfDraft(fields, draftOfRow(fields, row))).toEqual({ row, problems: {} });
      }),
    );
  });

  it('leaves out what the row leaves out, and asks for what is required', () => {
    const { row, problems } = rowOfDraft(fields, draftOfRow(fields, { size: null }));

    expect(row).toEqual({});
    expect(Object.keys(problems)).toEqual(['kind', 'flag', 'grid']);
  });

  it('tells an empty box from zero and from a value left out', () => {
    const field = fields['size']!;

    expect(valueOfEntry(field, { isLeftOut: false, text: '0' })).toEqual({ value: 0 });
    expect(valueOfEntry(field, { isLeftOut: true, text: '7' })).toEqual({ leftOut: true });
    expect(valueOfEntry(field, { isLeftOut: false, text: ' ' })).toHaveProperty('problem');
  });

  it('refuses numbers JSON would change', () => {
    const field = fields['size']!;

    expect(valueOfEntry(field, { isLeftOut: false, text: '9007199254740993' })).toHaveProperty('problem');
    expect(valueOfEntry(field, { isLeftOut: false, text: '1e999' })).toHaveProperty('problem');
    expect(valueOfEntry(field, { isLeftOut: false, text: 'this' })).toHaveProperty('problem');
  });

  it('says where a tensor is no JSON', () => {
    expect(valueOfEntry(fields['grid']!, { isLeftOut: false, text: '[1,' })).toHaveProperty('problem');
  });

  it('sends an empty text as it is: it is a value', () => {
    expect(valueOfEntry(fields['note']!, { isLeftOut: false, text: '' })).toEqual({ value: '' });
  });
});

describe('the first form', () => {
  const description = (input: InputFields, examples: ModelDescription['examples'] = []): ModelDescription => ({
    name: 'any',
    version: '1',
    versions: [],
    digest: '',
    task: 'custom',
    description: '',
    signature: { input, output: {} },
    examples,
    assumptions: [],
    warnings: [],
  });

  it('shows the first golden example, without its picture', () => {
    const draft = firstDraft(description(fields, [{ input: { size: 5, picture: { base64: 'iVBOR' } }, output: {} }]));

    expect(draft['size']).toEqual({ isLeftOut: false, text: '5' });
    expect(draft['picture']).toEqual({ isLeftOut: true, text: '' });
  });

  it('shows the examples of the signature, and zeros for a tensor of which nothing is known', () => {
    const draft = firstDraft(
      description({
        age: { type: 'number', example: 30 },
        grid: { type: 'tensor', dtype: 'float32', dims: [2, 'any'] },
      }),
    );

    expect(draft['age']?.text).toBe('30');
    expect(draft['grid']?.text).toBe('[[0],[0]]');
  });
});
