import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyText } from './testing/any-text.ts';
import { description, image, number, snippet, text } from './testing/called-models.ts';
import { runInShell } from './testing/run-in-shell.ts';

const tensor = (datatype: string, ...dims: readonly number[]) => ({
  type: 'tensor',
  tensor: { datatype, shape: [-1, ...dims] },
});
const base64 = (value: string): string => Buffer.from(value).toString('base64');

function requestOf(code: string): Record<string, unknown> {
  return JSON.parse(runInShell(code).at(-1)!.input) as Record<string, unknown>;
}

describe('grpcurlSnippet', () => {
  it('fetches what the calls look like, then calls', () => {
    const calls = runInShell(snippet('grpcurl', { row: { note: 'x' } })!.code);
    expect(calls.map(({ program, args }) => [program, ...args])).toEqual([
      ['curl', '-sSo', 'inference.protoset', 'http://127.0.0.1:3000/docs/inference.protoset'],
      [
        ...['grpcurl', '-plaintext', '-protoset', 'inference.protoset', '-d', '@', '127.0.0.1:8081'],
        'inference.GRPCInferenceService/ModelInfer',
      ],
    ]);
  });

  it('asks at the row level for typed answers', () => {
    expect(requestOf(snippet('grpcurl', { row: { note: 'x' } })!.code)).toEqual({
      model_name: 'birds',
      parameters: { level: { string_param: 'row' }, typed_contents: { bool_param: true } },
      inputs: [{ name: 'note', datatype: 'BYTES', shape: [1], contents: { bytes_contents: [base64('x')] } }],
    });
  });

  it('carries every text, and names with quotes in them', () => {
    const property = fc.property(anyText, anyText, (value, name) => {
      const row = Object.fromEntries([[name, value]]);
      const call = snippet('grpcurl', { description: description(Object.fromEntries([[name, text]])), row })!;
      expect(requestOf(call.code)['inputs']).toEqual([
        { name, datatype: 'BYTES', shape: [1], contents: { bytes_contents: [base64(value)] } },
      ]);
    });
    fc.assert(property, { numRuns: 30 });
  });

  it.each([
    ['BOOL', [true, false], { bool_contents: [true, false] }],
    ['INT8', [-1, 2], { int_contents: [-1, 2] }],
    ['UINT32', [1, 2], { uint_contents: [1, 2] }],
    ['INT64', [2 ** 60, -5n], { int64_contents: ['1152921504606846976', '-5'] }],
    ['UINT64', [18446744073709551615n, 0], { uint64_contents: ['18446744073709551615', '0'] }],
    ['FP32', [NaN, -Infinity], { fp32_contents: ['NaN', '-Infinity'] }],
    ['FP64', [-0, 1e-7], { fp64_contents: [-0, 1e-7] }],
    ['BYTES', ['a', 'ü'], { bytes_contents: [base64('a'), base64('ü')] }],
  ])('puts %s where the protocol wants it', (datatype, values, contents) => {
    const call = snippet('grpcurl', { description: description({ values: tensor(datatype, 2) }), row: { values } })!;
    expect(requestOf(call.code)['inputs']).toEqual([{ name: 'values', datatype, shape: [1, 2], contents }]);
  });

  it('sends all tensors raw where one is FP16', () => {
    const model = description({ half: tensor('FP16', 2), flag: tensor('BOOL'), big: tensor('INT64'), note: text });
    const row = { half: [1, -2], flag: true, big: 258, note: 'ü' };
    const { inputs, raw_input_contents: raw } = requestOf(snippet('grpcurl', { description: model, row })!.code);
    expect((inputs as readonly object[])[0]).toEqual({ name: 'half', datatype: 'FP16', shape: [1, 2] });
    expect((raw as readonly string[]).map((bytes) => Buffer.from(bytes, 'base64').toString('hex'))).toEqual([
      '003c00c0',
      '01',
      '0201000000000000',
      '02000000c3bc',
    ]);
  });

  it('asks for no typed answer where an output is FP16', () => {
    const model = description({ note: text }, { half: tensor('FP16') });
    const { parameters } = requestOf(snippet('grpcurl', { description: model, row: { note: 'x' } })!.code);
    expect(parameters).toEqual({ level: { string_param: 'row' } });
  });

  it('takes a picture from its file', () => {
    const files = { photo: { fileName: 'a.png', mediaType: 'image/png' } };
    const { code } = snippet('grpcurl', { description: description({ photo: image }), files })!;
    expect(requestOf(code.replace('< a.png', '< /dev/null'))['inputs']).toEqual([
      { name: 'photo', datatype: 'BYTES', shape: [1], contents: { bytes_contents: ['c29tZQ=='] } },
    ]);
  });

  it('says by a missing number that there is a row', () => {
    const call = snippet('grpcurl', { description: description({ weight: number, other: number }) })!;
    expect(requestOf(call.code)['inputs']).toEqual([
      { name: 'weight', datatype: 'FP64', shape: [1], contents: { fp64_contents: ['NaN'] } },
    ]);
  });

  it('uses TLS where the server is behind it', () => {
    const call = snippet('grpcurl', { baseUrl: 'https://models.example/a/', row: { note: 'x' } })!;
    expect(call.code).not.toContain('-plaintext');
    expect(call.code).toContain('https://models.example/a/docs/inference.protoset');
  });
});
