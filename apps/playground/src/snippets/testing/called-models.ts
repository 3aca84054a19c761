import type { CalledField, RowTensor } from '../called-model.ts';
import { snippetsOf } from '../snippets.ts';
import type { SnippetCall } from '../snippets.ts';
import type { Snippet } from '../snippet.ts';

interface Fields {
  readonly [name: string]: CalledField & { readonly tensor?: Omit<RowTensor, 'name'> };
}

/** A model's description from its fields; each with its tensor, `BYTES [-1]` where none is told. */
export function description(input: Fields, output: Fields = {}): SnippetCall['description'] {
  const tensors = (fields: Fields): readonly RowTensor[] =>
    Object.entries(fields).map(([name, { tensor }]) => ({ name, ...(tensor ?? { datatype: 'BYTES', shape: [-1] }) }));
  return {
    name: 'birds',
    version: '2',
    versions: [
      { version: '2', active: true },
      { version: '1', active: false },
    ],
    signature: { input, output },
    rowLevel: { inputs: tensors(input), outputs: tensors(output) },
  };
}

export const number = {
  type: 'number',
  optional: true,
  tensor: { datatype: 'FP64', shape: [-1], optional: true },
} as const;
export const text = { type: 'text' } as const;
export const image = { type: 'image' } as const;

/** The snippet of one language; undefined where it is left out. */
export function snippet(id: Snippet['id'], call: Partial<SnippetCall>): Snippet | undefined {
  const snippets = snippetsOf({
    baseUrl: 'http://127.0.0.1:3000',
    grpcTarget: '127.0.0.1:8081',
    description: description({ note: text }),
    row: {},
    files: {},
    ...call,
  });
  return snippets.find((found) => found.id === id);
}
