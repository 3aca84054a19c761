/** Writes THIRD_PARTY_NOTICES.md: every library that ships with the predictor, from the lockfile, and what is inside native ones. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './setup.mjs';

const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));

/** Installed path of a dependency as Node resolves it: in the importer's own node_modules first, then outwards to the root's. */
function resolve(importer, name) {
  const folders = importer
    .split('/node_modules/')
    .map((_, depth, parts) => parts.slice(0, parts.length - depth).join('/node_modules/'));
  const candidates = [...folders.map((folder) => `${folder}/node_modules/${name}`), `node_modules/${name}`];
  return candidates.find((path) => packages[path] !== undefined) ?? null;
}

const shipped = new Map();
const waiting = ['apps/predictor'];
while (waiting.length > 0) {
  const path = waiting.pop();
  const entry = packages[path]?.link === true ? packages[packages[path].resolved] : packages[path];
  const names = Object.keys({ ...entry?.dependencies, ...entry?.optionalDependencies });
  for (const name of names) {
    const found = resolve(path, name);
    if (found === null || shipped.has(found)) continue;
    const target = packages[found].link === true ? packages[found].resolved : found;
    shipped.set(found, packages[found]);
    waiting.push(target);
  }
}

// The page at / is built from what its project names, all of it for the build only.
for (const name of Object.keys(packages['apps/playground'].devDependencies)) {
  const path = resolve('apps/playground', name);
  shipped.set(path, packages[path]);
}

const libraries = [...shipped]
  .filter(([, entry]) => entry.link !== true)
  .map(([path, { version, license }]) => ({
    name: path.split('node_modules/').at(-1),
    version,
    license: license ?? licenseOf(path),
  }))
  .sort((left, right) => (left.name < right.name ? -1 : 1))
  .filter(
    ({ name, version }, index, all) => all.findIndex((it) => it.name === name && it.version === version) === index,
  );

function licenseOf(path) {
  const file = join(root, path, 'package.json');
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')).license ?? 'see the package') : 'see the package';
}

const text = `# Third-party notices

Libraries that ship with the predictor, with the licence each package states; their full texts lie in the packages, and those of bundled ones in \`dist/vendor/LICENSES.txt\`.
Written by \`node tools/workspace/write-notices.mjs\` from package-lock.json.

| library | version | licence |
|---|---|---|
${libraries.map(({ name, version, license }) => `| ${name} | ${version} | ${license} |`).join('\n')}
| swagger-ui-dist (the API page) | ${packages['node_modules/swagger-ui-dist'].version} | ${packages['node_modules/swagger-ui-dist'].license} |

Inside native packages:
- onnxruntime-node holds ONNX Runtime (MIT) with the third-party notices of its own distribution.
- sharp's @img/sharp-libvips-* packages hold libvips (LGPL-3.0-or-later) and its dependencies, linked dynamically: the library
  can be replaced by a build of your own.

Data of the demo models: Palmer penguins (CC0); UCI Optical Recognition of Handwritten Digits (CC BY 4.0), as credited in
models/penguins/README.md and models/digits/README.md.
`;
writeFileSync(join(root, 'THIRD_PARTY_NOTICES.md'), text);
