/**
 * Brings the workspace up to date: installs what is missing, builds what is stale. No dependencies, runs on any Node from 18;
 * everything after it runs on the Node 24 that the lockfile brings (or the machine's own, where npm has none for the platform).
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const modules = join(root, 'node_modules');
const MINIMUM_NODE_MAJOR = 24;
/** What the predictor's bundle is made of; a change in any of them makes it stale. */
const BUNDLE_SOURCES = [
  'apps/predictor',
  'apps/playground',
  'libs',
  'tsconfig.base.json',
  'package-lock.json',
  'tools/workspace/build-predictor.mjs',
  'tools/workspace/bundle',
  'tools/workspace/build-playground.mjs',
];
const NOT_SOURCES = new Set(['node_modules', 'dist', 'tmp', 'fixtures', 'flows', 'README.md', 'CHANGELOG.md']);

/** Absolute path of the Node 24 executable that everything runs on. Installed packages come first, the machine's own counts if it is new enough. */
export function projectNode() {
  const packaged = join(
    modules,
    `node-${platformName()}-${process.arch}`,
    'bin',
    process.platform === 'win32' ? 'node.exe' : 'node',
  );
  if (existsSync(packaged)) return packaged;
  const major = Number(process.versions.node.split('.')[0]);
  if (major >= MINIMUM_NODE_MAJOR) return process.execPath;
  fail(
    `Node ${MINIMUM_NODE_MAJOR} is needed and npm has none for ${process.platform}-${process.arch}. Install Node ${MINIMUM_NODE_MAJOR} and retry.`,
  );
}

/**
 * Environment for child processes: our Node and our tools first on the PATH, no install script that fetches GPU binaries, and a
 * place for compiled code: tests start hundreds of processes that read the same sources.
 */
export function projectEnvironment() {
  const path = [join(modules, '.bin'), dirname(projectNode()), process.env.PATH ?? ''].join(delimiter);
  return {
    NODE_COMPILE_CACHE: join(root, 'tmp/compile-cache'),
    ...process.env,
    PATH: path,
    NX_DAEMON: 'false',
    ORT_DISABLE_TELEMETRY: '1',
  };
}

/** Installs and builds only where something changed; with nothing to do it takes some tens of milliseconds. */
export function setUp() {
  install();
  linkNode();
  build();
}

/** Runs our Node with inherited output; ends this process with the child's code where it fails. */
export function runNode(args, options = {}) {
  const result = spawnSync(projectNode(), args, { cwd: root, stdio: 'inherit', env: projectEnvironment(), ...options });
  if (result.status !== 0) process.exit(result.status ?? 1);
}

function platformName() {
  return process.platform === 'win32' ? 'win' : process.platform;
}

function install() {
  const stampFile = join(modules, '.web-single-lock');
  const stamp = digestOf(['package-lock.json', 'package.json', '.npmrc']);
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return;
  console.log('Installing dependencies (once; again only when package-lock.json changes) …');
  const npm = process.env.npm_execpath;
  const [command, args] = npm === undefined ? ['npm', []] : [process.execPath, [npm]];
  const result = spawnSync(
    command,
    [...args, 'ci', '--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error'],
    {
      cwd: root,
      stdio: 'inherit',
      shell: npm === undefined && process.platform === 'win32',
      env: { ...process.env, ONNXRUNTIME_NODE_INSTALL: 'skip', SCARF_ANALYTICS: 'false' },
    },
  );
  if (result.status !== 0) fail('npm ci failed; its message is above.');
  writeFileSync(stampFile, stamp);
}

/** npm 10 makes no `.bin/node` when several packages offer one: without it `npx nx` would run on the machine's old Node. */
function linkNode() {
  const link = join(modules, '.bin', 'node');
  if (process.platform === 'win32' || existsSync(link)) return;
  rmSync(link, { force: true });
  symlinkSync(projectNode(), link);
}

function build() {
  const stampFile = join(root, 'apps/predictor/dist/.stamp');
  const stamp = digestOf(BUNDLE_SOURCES);
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return;
  console.log('Building the predictor …');
  runNode([join(root, 'tools/workspace/build-predictor.mjs')]);
  mkdirSync(dirname(stampFile), { recursive: true });
  writeFileSync(stampFile, stamp);
}

/** sha256 over the contents of files, and of folders recursively, sources only. */
function digestOf(paths) {
  const hash = createHash('sha256');
  for (const file of paths.flatMap((path) => listFiles(path))) {
    hash.update(file);
    hash.update('\0');
    hash.update(readFileSync(join(root, file)));
  }
  return hash.digest('hex');
}

function listFiles(path) {
  if (!existsSync(join(root, path))) return [];
  if (!statSync(join(root, path)).isDirectory()) return [path];
  return readdirSync(join(root, path), { withFileTypes: true })
    .filter((entry) => !NOT_SOURCES.has(entry.name) && !/\.(test|test-d|suite)\.ts$/.test(entry.name))
    .flatMap((entry) => listFiles(`${path}/${entry.name}`))
    .sort();
}

function fail(message) {
  console.error(message);
  process.exit(1);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) setUp();
