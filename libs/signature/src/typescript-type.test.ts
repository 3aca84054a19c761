import { stripTypeScriptTypes } from 'node:module';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { InputField, OutputField } from './field.ts';
import type { Signature } from './signature.ts';
import { fieldOnly } from './testing/check-one.ts';
import { digits, matrix, penguins } from './testing/penguins.ts';
import { predictionType, rowType } from './typescript-type.ts';

describe('rowType', () => {
  it('gives literal unions, optional fields and comments', () => {
    expect(rowType(penguins)).toBe(
      [
        '{',
        '  island: "Biscoe" | "Dream" | "Torgersen";',
        '  /** Length of the bill. Unit: mm. Minimum: 25. Maximum: 65. */',
        '  bill_length_mm?: number | null;',
        '  /** Integer. */',
        '  year: number;',
        '}',
      ].join('\n'),
    );
  });

  it('takes a bare value too where the model has one input', () => {
    expect(rowType(digits)).toBe('{\n  image: ImageInput;\n} | ImageInput');
    expect(rowType(matrix)).toMatch(
      / {2}x: readonly \(readonly number\[\]\)\[\];\n\} \| readonly \(readonly number\[\]\)\[\]$/,
    );
  });

  it.each<[InputField, string]>([
    [{ type: 'category', values: [1, -2, true, '1'] }, '1 | -2 | true | "1"'],
    [{ type: 'category', values: [] }, 'never'],
    [{ type: 'boolean' }, 'boolean'],
    [{ type: 'text' }, 'string'],
    [{ type: 'tensor', dtype: 'bool', dims: [] }, 'boolean'],
    [{ type: 'tensor', dtype: 'string', dims: [3] }, 'readonly string[]'],
    [{ type: 'tensor', dtype: 'float32', dims: [1, 2, 3] }, 'readonly (readonly (readonly number[])[])[]'],
  ])('gives for %j %s', (field, type) => {
    expect(rowType(fieldOnly(field))).toContain(`  x: ${type};`);
  });

  it.each<[InputField, string]>([
    [{ type: 'number', dtype: 'uint8' }, 'Integer. Minimum: 0. Maximum: 255.'],
    [{ type: 'number', dtype: 'int64' }, 'Integer.'],
    [{ type: 'number', dtype: 'int64', max: 9 }, 'Integer. Maximum: 9.'],
    [{ type: 'number', dtype: 'uint64' }, 'Integer. Minimum: 0.'],
  ])('tells the bounds of %j where they say something', (field, comment) => {
    expect(rowType(fieldOnly(field))).toContain(`  /** ${comment} */`);
  });

  it('is an object without fields for none', () => {
    expect(rowType({ input: {}, output: {} })).toBe('Record<string, never>');
  });
});

describe('predictionType', () => {
  it('keys scores by the labels', () => {
    expect(predictionType(penguins)).toBe(
      '{\n  label: "Adelie" | "Gentoo";\n  probabilities: Record<"Adelie" | "Gentoo", number>;\n}',
    );
    expect(predictionType(digits)).toContain('  label: 0 | 1;\n  probabilities: Record<"0" | "1", number>;');
    expect(predictionType({ input: {}, output: { p: { type: 'scores', of: 'y' } } })).toContain(
      'Record<string, number>',
    );
  });

  it('lets optional floats be null one by one: JSON has no NaN', () => {
    const output: Signature['output'] = {
      vector: { type: 'tensor', dtype: 'float32', dims: [2, null], optional: true },
      scores: { type: 'scores', of: 'y', optional: true },
    };
    const type = predictionType({ input: {}, output });
    expect(type).toContain('  vector: (number | null)[][] | null;');
    expect(type).toContain('  scores: Record<string, number | null> | null;');
  });

  it('gives arrays as they come, and null for an optional output', () => {
    const output: Signature['output'] = { 'a b': { type: 'tensor', dtype: 'int64', dims: [2, null], optional: true } };

    expect(predictionType({ input: {}, output })).toContain('  "a b": number[][] | null;');
  });
});

describe('names and texts of others', () => {
  const hostile = [
    '*/ } ; alert(1); /*',
    '"; alert(1); "',
    'a\nb',
    '\u2028',
    '`${1}`',
    '\\',
    '*\u200b/ }; alert(1); /*',
    '__proto__',
    'class',
    '</script>',
  ];
  const text = fc.oneof(fc.constantFrom(...hostile), fc.string({ unit: 'binary' }));

  it('never leave their literal or comment', () => {
    const signature = fc.tuple(text, text, text).map(([name, value, description]): Signature => {
      const field = { type: 'category', values: [value], description } as const satisfies InputField & OutputField;
      const scores = { type: 'scores', of: name, description } as const;
      return {
        input: Object.fromEntries([[name, field]]),
        output: Object.fromEntries([
          [name, field],
          [`${name}.`, scores],
        ]),
      };
    });

    fc.assert(
      fc.property(signature, (signature) => {
        for (const type of [rowType(signature), predictionType(signature)]) {
          // Everything is a type: nothing but the two declarations is left when types are stripped.
          expect(stripTypeScriptTypes(`let before; type X = ${type}; let after;`).split(/\s+/)).toEqual([
            'let',
            'before;',
            'let',
            'after;',
          ]);
        }
      }),
      { seed: 1, numRuns: 500 },
    );
  });
});
