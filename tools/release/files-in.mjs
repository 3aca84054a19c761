import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Absolute paths of all files of a folder, or of a file itself. */
export function filesIn(path) {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}
