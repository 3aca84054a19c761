import { chmodSync, copyFileSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Copies the files below `from` that `isWanted` (a path relative to it, with `/`) keeps, readable by everyone and writable by
 * the owner whatever the checkout's modes are: they are part of a layer's digest. Folders without a wanted file do not appear.
 */
export function copyTree(from, to, isWanted = () => true, inside = '') {
  for (const entry of readdirSync(join(from, inside), { withFileTypes: true })) {
    const path = inside === '' ? entry.name : `${inside}/${entry.name}`;
    if (entry.isDirectory()) copyTree(from, to, isWanted, path);
    else if (entry.isFile() && isWanted(path)) copyFile(join(from, path), to, path);
  }
}

function copyFile(source, to, path) {
  const folders = path.split('/').slice(0, -1);
  makeFolder(to);
  folders.forEach((_, index) => makeFolder(join(to, ...folders.slice(0, index + 1))));
  copyFileSync(source, join(to, path));
  chmodSync(join(to, path), 0o644);
}

export function makeFolder(path) {
  mkdirSync(path, { recursive: true });
  chmodSync(path, 0o755);
}
