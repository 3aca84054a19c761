import { describe, expect, it } from 'vitest';
import { snippetsOf } from './snippets.ts';
import { description, number, text } from './testing/called-models.ts';

const call = {
  baseUrl: 'http://127.0.0.1:3000/',
  grpcTarget: '127.0.0.1:8081',
  description: description({ note: text }),
  row: { note: 'x' },
  files: {},
};
const idsOf = (changes: Partial<typeof call> | { readonly grpcTarget: undefined }): readonly string[] =>
  snippetsOf({ ...call, ...changes }).map(({ id }) => id);

describe('snippetsOf', () => {
  it('says the call in four languages, with the address as it was given but for a slash', () => {
    const snippets = snippetsOf(call);
    expect(snippets.map(({ id }) => id)).toEqual(['typescript', 'curl', 'python', 'grpcurl']);
    for (const { code } of snippets) expect(code).toMatch(/127\.0\.0\.1:3000(?=['"/]\w|['"])/);
    expect(snippets.map(({ code }) => code).join()).not.toContain(':3000//');
  });

  it('leaves grpcurl out where there is no gRPC', () => {
    expect(idsOf({ grpcTarget: undefined })).toEqual(['typescript', 'curl', 'python']);
  });

  it('leaves the protocol out for a row that it cannot carry, and for a server that does not say how', () => {
    expect(idsOf({ row: {} as typeof call.row })).toEqual(['typescript', 'curl']);
    expect(idsOf({ row: {} as typeof call.row, description: description({ weight: number }) })).toHaveLength(4);
    const required = { type: 'number', tensor: { datatype: 'FP64', shape: [-1] } };
    expect(idsOf({ row: {} as typeof call.row, description: description({ weight: required }) })).toHaveLength(2);
    const { rowLevel: _, ...older } = call.description as { rowLevel: unknown };
    expect(idsOf({ description: older })).toEqual(['typescript', 'curl']);
  });

  it('keeps to the fields of the signature', () => {
    const [, curl] = snippetsOf({ ...call, row: { note: 'x', ...({ other: 1 } as object) } });
    expect(curl?.code).not.toContain('other');
  });
});
