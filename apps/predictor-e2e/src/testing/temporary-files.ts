import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder with the given files, gone at the end of the test. */
export async function temporaryFiles(files: Readonly<Record<string, string | Uint8Array>> = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'predictor-e2e-'));
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
  const path = (name: string): string => join(folder, name);
  return {
    path,
    read: (name: string) => readFile(path(name), 'utf8'),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}
