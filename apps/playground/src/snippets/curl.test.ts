import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyText } from './testing/any-text.ts';
import { description, image, number, snippet, text } from './testing/called-models.ts';
import { runInShell } from './testing/run-in-shell.ts';

const json = ['-H', 'content-type: application/json'];

describe('curlSnippet', () => {
  it('sends the row as JSON, whatever its texts and numbers are', () => {
    const field = fc.record({ note: anyText, weight: fc.double({ noNaN: true, noDefaultInfinity: true }) });
    const property = fc.property(field, (row) => {
      const call = snippet('curl', { description: description({ note: text, weight: number }), row })!;
      const [{ args }] = runInShell(call.code) as [ReturnType<typeof runInShell>[number]];
      expect(args.slice(0, 5)).toEqual(['-sS', 'http://127.0.0.1:3000/v1/models/birds/predict', ...json, '-d']);
      expect(JSON.parse(args[5]!)).toEqual({ rows: [row] });
    });
    fc.assert(property, { numRuns: 40 });
  });

  it('leaves missing fields out', () => {
    const row = { weight: null, note: undefined, other: NaN };
    const call = snippet('curl', { description: description({ note: text, weight: number, other: number }), row })!;
    expect(runInShell(call.code)[0]?.args.at(-1)).toBe('{"rows": [{}]}');
  });

  it('prints 64-bit integers digit by digit', () => {
    const big = { type: 'number', tensor: { datatype: 'INT64', shape: [-1] } };
    const row = { a: 2 ** 60, b: -9223372036854775808n };
    const call = snippet('curl', { description: description({ a: big, b: big }), row })!;
    expect(call.code).toContain('{"a": 1152921504606846976, "b": -9223372036854775808}');
  });

  it('sends a sole picture as it is, with its type', () => {
    const files = { photo: { fileName: "it's $1.jpg", mediaType: 'image/jpeg' } };
    const call = snippet('curl', { description: description({ photo: image, weight: number }), files })!;
    const [{ args }] = runInShell(call.code) as [ReturnType<typeof runInShell>[number]];
    expect(args.slice(2)).toEqual(['-H', 'content-type: image/jpeg', '--data-binary', "@it's $1.jpg"]);
    expect(call.note).toBe("Run it beside it's $1.jpg.");
  });

  it('sends a form where pictures have company', () => {
    const files = { left: { fileName: 'a "b";.png', mediaType: '' }, right: { fileName: '-', mediaType: '' } };
    const grade = { type: 'category', values: [1, 'two'] };
    const model = description({ left: image, right: image, note: text, weight: number, grade });
    const call = snippet('curl', { description: model, files, row: { note: '@x;type=y', weight: -0, grade: 1 } })!;
    expect(runInShell(call.code)[0]?.args.slice(2)).toEqual([
      ...['-F', String.raw`left=@"a \"b\";.png"`, '-F', 'right=@./-'],
      ...['--form-string', 'note=@x;type=y', '--form-string', 'weight=-0', '--form-string', 'grade=1'],
    ]);
  });

  it('sends JSON on the standard input where a form could not tell 1 from "1"', () => {
    const files = { left: { fileName: 'a.png', mediaType: 'image/png' } };
    const model = description({ left: image, grade: { type: 'category', values: [1, '1'] } });
    const call = snippet('curl', { description: model, files, row: { grade: '1' } })!;
    const [{ args, input }] = runInShell(call.code.replace('< a.png', '< /dev/null')) as [
      ReturnType<typeof runInShell>[number],
    ];
    expect(args.slice(2)).toEqual([...json, '--data-binary', '@-']);
    expect(JSON.parse(input)).toEqual({ rows: [{ left: { base64: 'c29tZQ==' }, grade: '1' }] });
  });

  it('sends what is too large for a word on the standard input', () => {
    const row = { note: `$HOME \\ ${'x'.repeat(200_000)}` };
    const [{ args, input }] = runInShell(snippet('curl', { row })!.code) as [ReturnType<typeof runInShell>[number]];
    expect(args.at(-1)).toBe('@-');
    expect(JSON.parse(input)).toEqual({ rows: [row] });
  });

  it('names the version that is not the active one', () => {
    const other = { ...description({ note: text }), version: '1' };
    expect(snippet('curl', { description: other })!.code).toContain('/v1/models/birds/versions/1/predict');
  });

  it('is left out for numbers that JSON does not have', () => {
    const values = { type: 'tensor', tensor: { datatype: 'FP32', shape: [-1, 2] } };
    expect(snippet('curl', { description: description({ values }), row: { values: [1, Infinity] } })).toBeUndefined();
  });
});
