import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { workspaceRoot } from './server-process.ts';

/** Version of an installed npm package. */
export async function packageVersion(name: string): Promise<string> {
  const path = join(workspaceRoot, 'node_modules', name, 'package.json');
  return (JSON.parse(await readFile(path, 'utf8')) as { version: string }).version;
}
