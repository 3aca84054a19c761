import { describe, expect, it } from 'vitest';
import { satisfiesRange } from './check-requires.ts';
import { compareOutput } from './compare-golden.ts';
import { readGoldenSet } from './read-golden-set.ts';
import { problemsOf } from './testing/problems-of.ts';
import { temporaryFolder } from './testing/temporary-folder.ts';

const header = '{"producer": {"library": "x"}, "tolerance": {"absolute": 0.001, "relative": 0}}\n';

describe('readGoldenSet', () => {
  it('reads cases and puts the bytes of files in their place', async () => {
    await using folder = await temporaryFolder({
      'golden.jsonl': `${header}{"input": {"image": {"$file": "golden/1.png"}, "n": 2}, "output": {"label": 3}}\n\n`,
      'golden/1.png': 'PNG',
    });
    const set = await readGoldenSet(folder.path, 'golden.jsonl');
    expect(set.tolerance).toEqual({ absolute: 0.001, relative: 0 });
    expect(set.cases).toEqual([{ input: { image: new Uint8Array(Buffer.from('PNG')), n: 2 }, output: { label: 3 } }]);
  });

  it('tells every line that is wrong', async () => {
    const lines = [
      '{"input": {}}',
      'oops',
      '{"input": {"a": {"$file": "../secret"}}, "output": {"b": 1}}',
      '{"input": {"a": {"$file": "no.png"}}, "output": {"b": 1}}',
      '{"input": {"a": 1}, "output": {}}',
    ];
    await using folder = await temporaryFolder({ 'golden.jsonl': header + lines.join('\n') });
    expect((await problemsOf(readGoldenSet(folder.path, 'golden.jsonl'))).sort()).toEqual([
      'golden.jsonl line 2: Expected {"input": {…}, "output": {…}}.',
      'golden.jsonl line 3: Expected one JSON object a line, got "oops".',
      'golden.jsonl line 4: File "../secret" leaves the package.',
      'golden.jsonl line 5: File "no.png" is missing.',
      'golden.jsonl line 6: Expected at least one output to compare, got {}.',
    ]);
  });

  it('needs a case: none would prove nothing', async () => {
    await using folder = await temporaryFolder({ 'golden.jsonl': header });
    expect(await problemsOf(readGoldenSet(folder.path, 'golden.jsonl'))).toEqual([
      'golden.jsonl: Expected at least one case {"input": {…}, "output": {…}} after the first line, got none.',
    ]);
  });

  it('needs its first line', async () => {
    await using folder = await temporaryFolder({ 'golden.jsonl': '{"input": {}, "output": {}}' });
    expect(await problemsOf(readGoldenSet(folder.path, 'golden.jsonl'))).toEqual([
      'golden.jsonl line 1: Expected a first line {"producer": …, "tolerance": …}.',
    ]);
  });
});

describe('compareOutput', () => {
  const tolerance = { absolute: 1e-5, relative: 0 };

  it('says where, what was expected, within what, and what came', () => {
    const got = {
      label: 'owl',
      probabilities: { crow: 0.9709, owl: 0.0291 },
      t: { dtype: 'float32', shape: [1, 2], data: Float32Array.of(1, 2) },
    } as const;
    const expected = { label: 'crow', probabilities: { crow: 0.0156, owl: 0.0291 }, t: [[1, 3]], missing: 1 };
    expect(compareOutput(expected, got, tolerance).map(({ message }) => message)).toEqual([
      'output "label" expected "crow", got "owl".',
      'output "probabilities"["crow"] expected 0.0156 ± 0.00001, got 0.9709.',
      'output "t"[0,1] expected 3 ± 0.00001, got 2.',
      'output "missing" expected 1, got nothing.',
    ]);
  });

  it('takes numbers within absolute plus relative tolerance, and no others', () => {
    const loose = { absolute: 0.1, relative: 0.01 };
    expect(compareOutput({ n: 100 }, { n: 101.09 }, loose)).toEqual([]);
    expect(compareOutput({ n: 100 }, { n: 101.2 }, loose)).toHaveLength(1);
    expect(compareOutput({ n: 1 }, { n: Number.NaN }, loose)).toHaveLength(1);
  });

  it('takes the one value of a tensor [1], an exact bigint and a left-out output as what they are', () => {
    const one = { dtype: 'int64', shape: [1], data: BigInt64Array.of(3n) } as const;
    expect(compareOutput({ n: 3 }, { n: one, more: 1 }, tolerance)).toEqual([]);
    expect(compareOutput({ n: [3] }, { n: one }, tolerance)).toEqual([]);
    expect(compareOutput({ n: '3' }, { n: 3n }, tolerance)).toHaveLength(1);
  });
});

describe('satisfiesRange', () => {
  it.each([
    ['1.2.3', '^1.0.0', true],
    ['2.0.0', '^1.0.0', false],
    ['0.1.9', '^0.1.0', true],
    ['0.2.0', '^0.1.0', false],
    ['0.0.4', '^0.0.3', false],
    ['1.3.0', '~1.2.0', false],
    ['1.2.9', '~1.2', true],
    ['3.0.0', '>=1.2.0', true],
    ['1.2.3', '1.2.3', true],
    ['1.2.4', '1.2.3', false],
    ['1.5.0', '>=1.0.0 ^1.4.0', true],
    ['1.5.0', 'next', undefined],
  ])('%s in %s: %s', (version, range, expected) => {
    expect(satisfiesRange(version, range)).toBe(expected);
  });
});
