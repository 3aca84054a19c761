import { readManifest } from '@web-single/model-package';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { flowYaml } from './flow-yaml.ts';

/** What the server's own reader makes of it. */
function readBack(value: unknown): unknown {
  const read = readManifest(`model: { file: model.onnx }\nprovenance: { value: ${flowYaml(value)} }\n`);
  return 'manifest' in read ? read.manifest.provenance?.['value'] : read.problems;
}

const text = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom('no', 'Null', 'y', '~', '1', '1e3', '^0.1.0', '- a', 'a: b', '#', ''),
);
const key = text.filter((name) => name !== '__proto__' && name !== '<<');

describe('flowYaml', () => {
  it('is read back as the same value, whatever the value', () => {
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { depthSize: 'small' },
        text,
        fc.integer(),
        fc.boolean(),
        fc.constant(null),
        tie('list'),
        tie('map'),
      ),
      list: fc.array(tie('value'), { maxLength: 3 }),
      map: fc.dictionary(key, tie('value'), { maxKeys: 3, noNullPrototype: true }),
    }));

    fc.assert(
      fc.property(value, (given) => {
        expect(readBack(given)).toEqual(given);
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  it('is as short as a person would write it', () => {
    expect(flowYaml({ type: 'category', values: ['crow', '1', 2], unit: undefined })).toBe(
      '{ type: category, values: [crow, "1", 2] }',
    );
  });
});
