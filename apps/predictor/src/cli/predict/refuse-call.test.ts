import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { refuseCall, type NamedFiles } from './refuse-call.ts';

const folder = mkdtempSync(join(tmpdir(), 'web-single-call-'));
afterAll(() => rmSync(folder, { recursive: true }));
const at = (name: string): string => join(folder, name);
mkdirSync(at('package'));
for (const name of ['rows.csv', 'rows.dat', 'package/model.onnx']) writeFileSync(at(name), 'a');

const call = (parts: Partial<NamedFiles>): Promise<void> =>
  refuseCall({ model: at('package'), files: [], fields: [], ...parts });

describe('refuseCall', () => {
  it('takes what can be read and written', async () => {
    await call({ files: [at('rows.csv')], out: at('new.csv'), errors: at('errors.ndjson') });
    await call({ files: ['-', at('rows.dat')], format: 'csv' });
    await call({ fields: ['a=1', 'b='] });
  });

  it.each<[string, Partial<NamedFiles>, string]>([
    ['standard input without a format', { files: ['-'] }, 'say --format csv or --format ndjson'],
    ['an extension that tells none', { files: [at('rows.dat')] }, 'its extension tells no format'],
    ['a missing file', { files: [at('none.csv')] }, 'there is no such file'],
    ['fields beside files', { files: [at('rows.csv')], fields: ['a=1'] }, '--field makes a row of its own'],
    [
      'a field that is none',
      { fields: ['=1', 'a=1', 'a=2'] },
      '--field =1: expected name=value.\n--field a: is given twice.',
    ],
    ['two outputs of one name', { out: at('x'), errors: at('package/../x') }, '--out and --errors name the same file.'],
    ['an output over an input', { files: [at('rows.csv')], errors: at('rows.csv') }, 'is read and cannot be written'],
    ['an output into the package', { out: at('package/new.csv') }, 'is read and cannot be written'],
    ['an output in no folder', { out: at('none/new.csv') }, 'cannot be written: its folder is not there.'],
    ['an output below a file', { out: at('rows.csv/new.csv') }, 'cannot be written: it would lie below a file.'],
    ['an output that is a folder', { model: undefined, out: folder }, 'cannot be written: it is a folder.'],
  ])('refuses %s', async (_what, parts, reason) => {
    await expect(call(parts)).rejects.toThrow(reason);
  });

  it('says all that is wrong at once', async () => {
    const files = [at('none.csv'), at('rows.dat'), '-', '-'];
    const refusal = await call({ files, fields: ['a'], out: at('none/x') }).catch((error: Error) => error.message);
    expect(String(refusal).split('\n')).toHaveLength(8);
  });
});
