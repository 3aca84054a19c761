/**
 * Build step of the image: copies the packages that stay outside the bundle, with all they need at run time, for one platform.
 * Usage: collect-modules.mjs ARCH OUT, ARCH as Docker names it (amd64, arm64) or Node does.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { copyTree } from './copy-tree.mjs';
import { NATIVE_PACKAGES } from './native-packages.mjs';

const NODE_ARCH = { amd64: 'x64', arm64: 'arm64', x64: 'x64' };
/** Their install scripts need these; a server does not. */
const INSTALL_ONLY = new Set(['adm-zip', 'global-agent']);

const [given = '', out] = process.argv.slice(2);
const arch = NODE_ARCH[given === '' ? process.arch : given];
if (arch === undefined || out === undefined) {
  console.error(
    `Usage: collect-modules.mjs ${Object.keys(NODE_ARCH).join('|')} OUT; got ${process.argv.slice(2).join(' ')}`,
  );
  process.exit(2);
}

const wanted = new Map();
for (const name of NATIVE_PACKAGES) visit(name);
for (const [name, folder] of wanted) copyTree(folder, join(out, name), (path) => isShipped(name, path));
console.log(`${wanted.size} packages for linux-${arch}: ${[...wanted.keys()].sort().join(', ')}`);

function visit(name) {
  if (wanted.has(name) || INSTALL_ONLY.has(name)) return;
  const folder = join('node_modules', name);
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  wanted.set(name, folder);
  Object.keys(manifest.dependencies ?? {}).forEach(visit);
  Object.keys(manifest.optionalDependencies ?? {})
    .filter(isForPlatform)
    .forEach(visit);
}

/** sharp's own prebuilt packages; npm has installed those of the platform it was told. */
function isForPlatform(name) {
  return name.endsWith(`-linux-${arch}`) && existsSync(join('node_modules', name));
}

function isShipped(name, path) {
  if (/\.(map|md|d\.[cm]?ts)$/i.test(path) && !/licen[cs]e|notice/i.test(path)) return false;
  if (name === 'onnxruntime-node') return isOfRuntime(path);
  if (name === 'onnxruntime-common') return /^(dist\/(cjs|esm)\/|package\.json|licen[cs]e)/i.test(path);
  if (name === 'sharp') return !/^(src|install)\//.test(path);
  return true;
}

function isOfRuntime(path) {
  if (path.startsWith('bin/')) return path.startsWith(`bin/napi-v6/linux/${arch}/`);
  return /^(dist\/|package\.json|licen[cs]e|thirdparty)/i.test(path);
}
