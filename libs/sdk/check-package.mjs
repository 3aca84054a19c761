/**
 * `nx run sdk:check`: holds the package as it is published against what consumers rely on: publint, Are The Types Wrong,
 * the sizes, no dependency, and a syntax that browsers of ES2022 know. Needs tmp/packages/sdk (`nx package sdk`).
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
// eslint-disable-next-line @nx/enforce-module-boundaries -- a check of the package, no part of the lib
import { parse } from 'acorn';
// eslint-disable-next-line @nx/enforce-module-boundaries -- as above
import { filesIn } from '../../tools/release/files-in.mjs';
// eslint-disable-next-line @nx/enforce-module-boundaries -- as above
import { importedPackages } from '../../tools/release/imported-packages.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = join(root, 'tmp/packages/sdk');
const scratch = mkdtempSync(join(tmpdir(), 'sdk-check-'));
const problems = [];

try {
  const tarball = pack();
  run('publint', ['node_modules/publint/src/cli.js', '--strict', tarball]);
  // It is ESM alone: who calls it from CommonJS uses import(), or require() from Node 22 on.
  run('are the types wrong', [
    'node_modules/@arethetypeswrong/cli/dist/index.js',
    '--profile',
    'esm-only',
    '--no-color',
    '--no-emoji',
    tarball,
  ]);
  run('size-limit', ['libs/sdk/size.mjs', join(folder, 'dist')]);
  checkManifest();
  checkImports();
  checkSyntax();
} finally {
  rmSync(scratch, { recursive: true });
}
for (const problem of problems) console.error(problem);
console.log(problems.length === 0 ? 'sdk: the package is as it should be' : `sdk: ${problems.length} problems`);
process.exit(problems.length === 0 ? 0 : 1);

function pack() {
  const { stdout, stderr, status } = spawnSync('npm', ['pack', '--json', '--pack-destination', scratch], {
    cwd: folder,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`npm pack failed in ${relative(root, folder)}: ${stderr}`);
  return join(scratch, JSON.parse(stdout)[0].filename);
}

function run(name, args) {
  const { stdout, stderr, status } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
  console.log(`${stdout.trim()}\n`);
  if (status !== 0) problems.push(`${name} fails with ${status}: ${stderr.trim()}`);
}

/** Every entry has types, files that are there, and no side effects. */
function checkManifest() {
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  if (manifest.sideEffects !== false) problems.push('package.json: "sideEffects" must be false.');
  if (Object.keys(manifest.dependencies ?? {}).length > 0)
    problems.push('package.json: there must be no "dependencies".');
  for (const [entry, target] of Object.entries(manifest.exports)) {
    if (entry === './package.json') continue;
    const files = [target.types, target.import];
    const missing = files.filter((path) => path === undefined || !filesIn(folder).includes(join(folder, path)));
    if (missing.length > 0)
      problems.push(`package.json: "${entry}" names files that are not there: ${missing.join(', ')}.`);
  }
}

/** Nothing but the entry for gRPC imports a package, not even a type: adapters of TanStack Query differ by framework. */
function checkImports() {
  const isBrowserSafe = (path) => !path.startsWith(join(folder, 'dist/grpc/'));
  const names = [...importedPackages(join(folder, 'dist'), isBrowserSafe)];
  if (names.length > 0) problems.push(`dist: only dist/grpc may import packages, got ${names.join(', ')}.`);
}

function checkSyntax() {
  const files = filesIn(join(folder, 'dist')).filter((path) => path.endsWith('.js'));
  for (const file of files) {
    try {
      parse(readFileSync(file, 'utf8'), { ecmaVersion: 2022, sourceType: 'module' });
    } catch (error) {
      problems.push(`${relative(folder, file)} is not ES2022: ${error.message}`);
    }
  }
  console.log(`ES2022: ${files.length} files parsed`);
}
