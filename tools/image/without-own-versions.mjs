/**
 * Build step of the image: our packages' own versions, and the ranges they name one another by, leave the manifests, so that a
 * release of one of them installs nothing again. Usage: without-own-versions.mjs OUT, in a folder that holds the manifests.
 */
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const [out] = process.argv.slice(2);
const lock = JSON.parse(readFileSync('package-lock.json', 'utf8'));
const folders = Object.keys(lock.packages).filter((folder) => folder !== '' && !folder.includes('node_modules/'));
const own = new Set(folders.map((folder) => lock.packages[folder].name));

for (const folder of folders) {
  withoutVersions(lock.packages[folder]);
  const path = join(folder, 'package.json');
  writeJson(path, withoutVersions(JSON.parse(readFileSync(path, 'utf8'))));
}
writeJson('package-lock.json', lock);
for (const file of ['package.json', '.npmrc']) copyFileSync(file, join(out, file));

function withoutVersions(manifest) {
  manifest.version = '0.0.0';
  for (const kind of ['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies'])
    for (const name of Object.keys(manifest[kind] ?? {})) if (own.has(name)) manifest[kind][name] = '*';
  return manifest;
}

function writeJson(path, content) {
  mkdirSync(dirname(join(out, path)), { recursive: true });
  writeFileSync(join(out, path), `${JSON.stringify(content, null, 2)}\n`);
}
