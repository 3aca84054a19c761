import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { InputRow } from './input-row.ts';
import { readNdjson } from './read-ndjson.ts';

async function* pieces(...texts: readonly (string | Uint8Array)[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield Buffer.from(text as string);
}

async function read(
  bytes: AsyncIterable<Uint8Array>,
  keep: readonly string[] = [],
  exactIntegers = false,
): Promise<InputRow[]> {
  const rows: InputRow[] = [];
  const options = { file: 'rows.ndjson', keep, isField: (name: string) => name === 'both', exactIntegers };
  for await (const some of readNdjson(bytes, options)) rows.push(...some);
  return rows;
}

describe('readNdjson', () => {
  it('reads a value a line and tells its line, past a byte order mark, blank lines and CRLF', async () => {
    const rows = await read(pieces('\ufeff{"x":1}\r\n\n[2]\n', '3'));
    expect(rows.map(({ value, place: { line } }) => [line, value])).toEqual([
      [1, { x: 1 }],
      [3, [2]],
      [4, 3],
    ]);
  });

  it('takes names that are passed on out of the row, unless they are fields', async () => {
    const [row] = await read(pieces('{"id":1,"x":2,"both":3}\n'), ['id', 'both', 'gone']);
    expect(row?.value).toEqual({ x: 2, both: 3 });
    expect(row?.kept).toEqual({ id: 1, both: 3, gone: null });
  });

  it('tells a line that is no JSON, and goes on', async () => {
    const rows = await read(pieces('{"x"\n{"x":1,"x":2}\n1\n'));
    expect(rows.map(({ problem }) => problem?.got)).toEqual([
      'text that is not valid JSON at position 4',
      expect.stringMatching(/^text that has a name twice/),
      undefined,
    ]);
  });

  it('keeps integers beyond 2^53 where the model takes them', async () => {
    expect((await read(pieces('[9007199254740993]'), [], true))[0]?.value).toEqual([9007199254740993n]);
  });

  it('reads the same rows wherever the pieces are cut', async () => {
    const lines = fc.array(fc.jsonValue(), { minLength: 1 });
    await fc.assert(
      fc.asyncProperty(lines, fc.array(fc.nat()), async (values, cuts) => {
        const bytes = Buffer.from(values.map((value) => `${JSON.stringify(value)}\n`).join(''));
        const ends = [...new Set(cuts.map((cut) => cut % bytes.length))].sort((one, other) => one - other);
        const cut = [...ends, bytes.length].map((end, index) => bytes.subarray(ends[index - 1] ?? 0, end));
        expect((await read(pieces(...cut))).map(({ value }) => JSON.stringify(value))).toEqual(
          values.map((value) => JSON.stringify(value)),
        );
      }),
      { seed: 4, numRuns: 60 },
    );
  });
});
