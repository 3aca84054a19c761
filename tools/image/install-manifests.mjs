/**
 * Build step of the image: what decides about its two installs, and nothing else, from the workspace's manifests and lockfile.
 * `OUT/modules` has the native packages alone, `OUT/build` what bundles ours. Our packages' own versions, and the ranges they name
 * one another by, leave too: neither a release of one of them nor another linter installs anything again.
 * Usage: install-manifests.mjs OUT, in a folder that holds the manifests.
 */
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { NATIVE_PACKAGES } from './native-packages.mjs';

/** Of the workspace's own: what the build runs. */
const BUILD_TOOLS = ['@types/node', 'rolldown', 'typescript', 'vite'];
/** Projects that no part of the image comes from. */
const NOT_BUILT = ['apps/predictor-e2e', 'benchmarks', 'examples/web', 'tools/nx-plugin'];
const KINDS = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'];

const [out] = process.argv.slice(2);
const lock = JSON.parse(readFileSync('package-lock.json', 'utf8'));
const projects = Object.keys(lock.packages).filter((path) => path !== '' && !path.includes('node_modules/'));
const own = new Set(projects.map((path) => lock.packages[path].name));
const built = projects.filter((path) => !NOT_BUILT.includes(path));

const root = readJson('package.json');
const { devDependencies } = root;
const native = readJson('apps/predictor/package.json').dependencies;
write('modules', { dependencies: only(native, NATIVE_PACKAGES) }, []);
write('build', { workspaces: built, devDependencies: only(devDependencies, BUILD_TOOLS) }, built);

/** A folder that npm installs from: the root's manifest with `needs` alone, the projects', and the lockfile of all that these lead to. */
function write(name, needs, folders) {
  const folder = join(out, name);
  const { version, license, type } = root;
  const entries = new Map([['', { name: root.name, version, license, ...needs }]]);
  for (const path of folders) {
    const link = `node_modules/${lock.packages[path].name}`;
    entries.set(path, withoutVersions(lock.packages[path])).set(link, lock.packages[link]);
  }
  for (const [path, entry] of entries) follow(path, entry, entries);
  const packages = Object.fromEntries([...entries].sort(([left], [right]) => (left < right ? -1 : 1)));
  writeJson(join(folder, 'package.json'), { name: root.name, version, private: true, type, ...needs });
  for (const path of folders)
    writeJson(join(folder, path, 'package.json'), withoutVersions(readJson(`${path}/package.json`)));
  writeJson(join(folder, 'package-lock.json'), { ...lock, packages });
  copyFileSync('.npmrc', join(folder, '.npmrc'));
}

/** Adds to `entries` what the package at `path` needs; who walks them comes by these too. */
function follow(path, entry, entries) {
  for (const kind of KINDS)
    for (const name of Object.keys(entry[kind] ?? {})) {
      const found = locate(name, path);
      if (found !== undefined && !isOptionalPeer(entry, kind, name)) entries.set(found, lock.packages[found]);
    }
}

function isOptionalPeer(entry, kind, name) {
  return kind === 'peerDependencies' && entry.peerDependenciesMeta?.[name]?.optional === true;
}

/** Where the package at `path` finds another, as Node looks for it: in its own folder, then in those above. */
function locate(name, path) {
  const candidate = join(path, 'node_modules', name);
  if (lock.packages[candidate] !== undefined) return candidate;
  return path === '' ? undefined : locate(name, dirname(path) === '.' ? '' : dirname(path));
}

function withoutVersions(manifest) {
  const ranges = KINDS.filter((kind) => manifest[kind] !== undefined).map((kind) => [kind, rangesOf(manifest[kind])]);
  return { ...manifest, version: '0.0.0', ...Object.fromEntries(ranges) };
}

function rangesOf(dependencies) {
  const kept = Object.entries(dependencies).filter(([name]) => !NATIVE_PACKAGES.includes(name));
  return Object.fromEntries(kept.map(([name, range]) => [name, own.has(name) ? '*' : range]));
}

function only(dependencies, names) {
  return Object.fromEntries(names.map((name) => [name, dependencies[name]]));
}

function readJson(path) {
  return JSON.parse(readFileSync(path, 'utf8'));
}

function writeJson(path, content) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${JSON.stringify(content, null, 2)}\n`);
}
