import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What nx.json names under `release.projects`: name, folder, package.json. */
export function releasedProjects(root) {
  const read = (path) => JSON.parse(readFileSync(join(root, path), 'utf8'));
  return globSync(read('nx.json').release.projects, { cwd: root })
    .filter((folder) => existsSync(join(root, folder, 'package.json')))
    .sort()
    .map((folder) => {
      const manifest = read(join(folder, 'package.json'));
      return { name: manifest.nx.name, folder, manifest };
    });
}
