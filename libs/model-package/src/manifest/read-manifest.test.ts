import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { manifestJsonSchema } from './manifest-json-schema.ts';
import { readManifest } from './read-manifest.ts';

function problems(text: string): string[] {
  const read = readManifest(text);
  return 'problems' in read ? read.problems.map(({ where, message }) => `${where}: ${message}`) : [];
}

const model = 'model: { file: model.onnx }\n';

describe('readManifest', () => {
  it('needs nothing but the model', () => {
    expect(readManifest(model)).toEqual({ manifest: { model: { file: 'model.onnx' } } });
  });

  it('tells every problem with its pointer and the key that was meant', () => {
    const text = `
model: { file: ../model.onnx, sha: 1 }
signature:
  imput: {}
  input:
    sex: { type: categry, values: [a] }
    age: { type: number, min: "3", maximum: 4 }
  output: {}
batching: { maxRows: many }
before:
  - { step: pack-columns, fields: [age], az: x }
  - { step: pack-colums }
`;
    expect(problems(text)).toEqual([
      'model.yaml /model/file: The path leaves the package; expected a relative path inside the package.',
      'model.yaml /model/sha: Unknown key, did you mean "sha256"?',
      expect.stringContaining('/signature/input/sex/type: Expected '),
      'model.yaml /signature/input/age/min: Expected number, got "3" (string).',
      'model.yaml /signature/input/age/maximum: Unknown key, did you mean "max"?',
      'model.yaml /signature/imput: Unknown key, did you mean "input"?',
      'model.yaml /before/0/as: Expected string, got nothing.',
      expect.stringMatching(/^model\.yaml \/before\/0\/az: Unknown key/),
      expect.stringContaining('Did you mean "pack-columns"?'),
      'model.yaml /batching/maxRows: Expected "auto" or an integer of at least 1; got "many" (string).',
    ]);
  });

  it('tells the value it got of everything that does not fit', () => {
    const text = `
name: my model
version: 1.10
model: { file: model.onnx, sha256: abc }
engine: { placement: inline, instances: 1000 }
batching: { maxRows: 0, maxDelayMs: 999999 }
files: { "../a": "${'0'.repeat(64)}" }
before: [{ stp: scale }, { step: pack-columns, fields: [], as: x }]
signature: {}
`;
    expect(problems(text)).toEqual([
      'model.yaml /name: Expected 1 to 64 of A-Z a-z 0-9 . _ -, not starting with a dot; got "my model" (string).',
      'model.yaml /version: Expected an integer (3) or a semantic version (1.2.0); got 1.1.',
      'model.yaml /model/sha256: Expected a sha256 digest: 64 of 0-9 a-f; got "abc" (string).',
      'model.yaml /signature/input: Expected object, got nothing.',
      'model.yaml /signature/output: Expected object, got nothing.',
      expect.stringContaining('/before/0/step: Expected the name of a step, got nothing. There are: fill-missing'),
      'model.yaml /before/1/fields: Expected at least 1 item, got array of 0.',
      'model.yaml /batching/maxRows: Expected at least 1, got 0.',
      'model.yaml /batching/maxDelayMs: Expected at most 60000, got 999999.',
      'model.yaml /engine/instances: Expected at most 64, got 1000.',
      'model.yaml /files/..~1a: The path leaves the package; expected a relative path inside the package.',
    ]);
  });

  it.each([
    ['model:\n\tfile: model.onnx\n', 'line 2, column 1: The line is indented with a tab; use spaces.'],
    ['name: a: b\n', 'line 1, column 7: A value that holds ": " must stand in quotes.'],
    ['name: "a\n', 'line 2, column 1: A closing quote, bracket or brace is missing.'],
    ['name: 1\nname: 2\n', 'line 2, column 1: The key is there twice; keep one.'],
    [
      'model:\n  file: a\n name: b\n',
      'line 3, column 1: The line is not indented as those it belongs to, or a bracket above it is not closed.',
    ],
    ['model\nname: b\n', 'line 1, column 1: A key has no ":" on its line.'],
    ['name: @a\n', 'line 1, column 7: A value that begins with "@" or "`" must stand in quotes.'],
    ['name: "\\q"\n', 'line 1, column 8: A backslash in double quotes escapes nothing; use single quotes.'],
    [
      'name: ]\n',
      'line 1, column 7: This is no YAML that is read here: Unexpected flow-seq-end token in YAML stream: "]".',
    ],
  ])('says of the YAML %j what is wrong with it, and where', (text, problem) => {
    expect(problems(text)[0]).toBe(`model.yaml ${problem}`);
  });

  it.each([
    ['a tag', `${model}name: !!js/function "x"`, 'tag'],
    ['an anchor', `${model}name: &a x`, 'anchor "&a"'],
    ['an alias', `a: &a x\nb: *a`, 'alias "*a"'],
    ['a merge key', `${model}<<: { name: x }`, 'merge key'],
    ['a second document', `${model}---\nname: other\n`, 'second document'],
    ['a key twice', `${model}${model}`, 'there twice'],
    ['__proto__', `${model}__proto__: { a: 1 }`, '"__proto__"'],
    ['deep nesting', `${model}provenance: ${'['.repeat(100)}${']'.repeat(100)}`, 'deeper than 32'],
    ['endless nesting', `${model}provenance: ${'['.repeat(200_000)}`, 'model.yaml'],
    ['too much', `${model}#${' '.repeat(1_000_000)}`, 'larger than'],
  ])('refuses %s', (_what, text, reason) => {
    const told = problems(text);
    expect(told.length).toBeLessThanOrEqual(10);
    expect(told.join('\n')).toContain(reason);
  });

  it.each(['latest', '1.0', 'v1', '01', '-1', '1.0.0.0'])('refuses the version %s', (version) => {
    expect(problems(`${model}version: "${version}"`)[0]).toMatch(/^model\.yaml \/version: Version/);
  });

  it('never throws, whatever the text', () => {
    const word = fc.constantFrom(
      'model',
      'file',
      ': ',
      '\n',
      '  ',
      '- ',
      '{',
      '}',
      '[',
      ']',
      ',',
      '&a',
      '*a',
      '!x',
      '"',
      "'",
      '|',
      '1e999',
      '<<',
      '#',
      'signature',
      'input',
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 40 }), (words) => {
        expect(readManifest(words.join(''))).toBeTypeOf('object');
      }),
      { seed: 7, numRuns: 500 },
    );
  });
});

describe('model.schema.json', () => {
  it('is what write-schema.ts writes', async () => {
    const committed = await readFile(new URL('../../model.schema.json', import.meta.url), 'utf8');
    expect(JSON.parse(committed)).toEqual(JSON.parse(JSON.stringify(manifestJsonSchema())));
  });
});
