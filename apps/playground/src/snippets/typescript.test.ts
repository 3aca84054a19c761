import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyText } from './testing/any-text.ts';
import { description, image, number, snippet, text } from './testing/called-models.ts';
import { runWithClient } from './testing/run-with-client.ts';

const tensor = (datatype: string, ...dims: readonly number[]) => ({
  type: 'tensor',
  tensor: { datatype, shape: [-1, ...dims] },
});

describe('typescriptSnippet', () => {
  it('calls the model with the row, whatever is in it', async () => {
    const field = fc.record({ note: anyText, weight: fc.double({ noNaN: true, noDefaultInfinity: true }) });
    const property = fc.asyncProperty(field, async (row) => {
      const call = snippet('typescript', { description: description({ note: text, weight: number }), row })!;
      expect(await runWithClient(call.code)).toEqual({
        options: { baseUrl: 'http://127.0.0.1:3000' },
        model: 'birds',
        arguments: [row],
      });
    });
    await fc.assert(property, { numRuns: 100 });
  });

  it('reads a sole picture from its file', async () => {
    const files = { photo: { fileName: "it's.png", mediaType: 'image/png' } };
    const call = snippet('typescript', { description: description({ photo: image }), files })!;
    expect((await runWithClient(call.code)).arguments).toEqual(["bytes of it's.png"]);
    expect(call.code).toContain("import { readFile } from 'node:fs/promises';");
  });

  it('gives pictures their fields where there are others, small ones as they are', async () => {
    const model = description({ left: image, right: image, note: text });
    const files = { left: { fileName: 'l.png', mediaType: 'image/png' } };
    const call = snippet('typescript', { description: model, files, row: { right: { base64: 'AAAA' }, note: 'x' } })!;
    expect((await runWithClient(call.code)).arguments).toEqual([
      { left: 'bytes of l.png', right: { base64: 'AAAA' }, note: 'x' },
    ]);
  });

  it('reads a picture that would be long from its file, though its bytes are known', async () => {
    const files = { photo: { fileName: 'l.png', mediaType: 'image/png' } };
    const of = (base64: string) =>
      snippet('typescript', { description: description({ photo: image }), files, row: { photo: { base64 } } })!.code;
    expect((await runWithClient(of('A'.repeat(21_848)))).arguments).toEqual([
      { photo: { base64: 'A'.repeat(21_848) } },
    ]);
    expect((await runWithClient(of('A'.repeat(21_852)))).arguments).toEqual(['bytes of l.png']);
  });

  it('asks for the version that is not the active one', async () => {
    const other = { ...description({ note: text }), version: '1' };
    const call = snippet('typescript', { description: other, row: { note: 'x' } })!;
    expect((await runWithClient(call.code)).arguments).toEqual([{ note: 'x' }, { version: '1' }]);
  });

  it('sends tensors of bytes where JSON would lose digits', async () => {
    const model = description({
      big: tensor('INT64', 2),
      half: tensor('FP16', 2),
      short: tensor('UINT16', 1),
      flag: tensor('BOOL', 1),
      note: text,
      photo: image,
    });
    const row = {
      big: [9007199254740993n, -1],
      half: [1, NaN],
      short: [7],
      flag: [true],
      note: "it's",
      photo: { base64: 'AAE=' },
    };
    const call = snippet('typescript', { description: { ...model, version: '1' }, row })!;
    expect((await runWithClient(call.code)).arguments).toEqual([
      {
        big: { data: BigInt64Array.of(9007199254740993n, -1n), shape: [1, 2] },
        half: { data: Uint16Array.of(0x3c00, 0x7e00), shape: [1, 2], datatype: 'FP16' },
        short: { data: Uint16Array.of(7), shape: [1, 1], datatype: 'UINT16' },
        flag: { data: [true], shape: [1, 1] },
        note: { data: ["it's"], shape: [1] },
        photo: { data: [Uint8Array.of(0, 1)], shape: [1] },
      },
      { level: 'row', version: '1' },
    ]);
  });

  it('prints tensors whole, which Node would shorten', () => {
    const code = (output: ReturnType<typeof tensor>) =>
      snippet('typescript', { description: description({ note: text }, { output }) })!.code;
    expect(code(tensor('FP32', 512))).toContain('console.log(JSON.stringify(prediction, null, 2));');
    expect(snippet('typescript', {})!.code).toContain('console.log(prediction);');
  });
});
