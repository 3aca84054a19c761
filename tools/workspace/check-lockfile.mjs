/** The lockfile installs from whatever registry a machine is set to: no address of a package in it, an integrity for each. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './setup.mjs';

const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
const problems = Object.entries(packages).flatMap(([path, entry]) => {
  if (!path.includes('node_modules/') || entry.link === true || entry.inBundle === true) return [];
  const found = [];
  if (entry.resolved !== undefined) found.push(`${path}: names ${entry.resolved}`);
  if (entry.integrity === undefined) found.push(`${path}: has no integrity`);
  return found;
});
for (const problem of problems) console.error(problem);
console.log(`lockfile: ${Object.keys(packages).length} entries, ${problems.length} problems`);
process.exit(problems.length === 0 ? 0 : 1);
