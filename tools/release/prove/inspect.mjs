/**
 * What two public inspectors say of published packages; prints one JSON object, problems by tarball. They come from a folder that
 * is not the project's. Usage: inspect.mjs TOOLS TARBALL…
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const [tools, ...tarballs] = process.argv.slice(2);
const cli = createRequire(createRequire(join(tools, 'package.json')).resolve('@arethetypeswrong/cli/package.json'));
const load = (path) => import(pathToFileURL(path).href);
const { publint } = await load(join(tools, 'node_modules/publint/src/index-node.js'));
const { formatMessage } = await load(join(tools, 'node_modules/publint/src/utils.js'));
const { checkPackage, createPackageFromTarballData } = await load(cli.resolve('@arethetypeswrong/core'));
/** Packages of ES modules only: how Node 10 and `require` would resolve them says nothing. */
const IGNORED = new Set(['node10', 'node16-cjs']);

const found = {};
for (const tarball of tarballs) {
  const data = readFileSync(tarball);
  const { messages, pkg } = await publint({ pack: { tarball: arrayBuffer(data) }, strict: true });
  const types = await typesOf(data, pkg);
  const wrong = (types?.problems ?? []).filter(({ resolutionKind }) => !IGNORED.has(resolutionKind));
  found[tarball] = [
    ...messages.map((message) => `publint: ${formatMessage(message, pkg)}`),
    ...(types?.types === false ? ['are the types wrong: there are none'] : []),
    ...wrong.map((problem) => `are the types wrong: ${JSON.stringify(problem).slice(0, 200)}`),
  ];
}
console.log(JSON.stringify(found));

/** Undefined for a command: nobody imports it. */
async function typesOf(data, { exports, main }) {
  if (exports === undefined && main === undefined) return undefined;
  return checkPackage(createPackageFromTarballData(new Uint8Array(data)));
}

function arrayBuffer(buffer) {
  return buffer.buffer.slice(buffer.byteOffset, buffer.byteOffset + buffer.byteLength);
}
