/** Bundles apps/predictor into dist: `cli.js` (command line and server) and `engine-process.js` (an engine's child process). */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import { createRequire } from 'node:module';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'rolldown';
import { minify } from 'rolldown/utils';
import { buildPlayground } from './build-playground.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
export const predictorFolder = join(root, 'apps/predictor');

/** Left out of the bundle: native packages, Nest's optional peers that are not installed, and what grpc-js never loads for us. */
const external = [
  '@grpc/proto-loader',
  // Never loaded: apps/predictor/src/rest/no-schemas.ts.
  '@fastify/ajv-compiler',
  '@fastify/fast-json-stringify-compiler',
  /^onnxruntime-/,
  /^sharp$/,
  /\.node$/,
  '@nestjs/microservices',
  '@nestjs/microservices/microservices-module.js',
  '@nestjs/websockets',
  '@nestjs/websockets/socket-module.js',
  '@nestjs/platform-express',
  'class-transformer',
  'class-transformer/storage.js',
  'class-validator',
  '@fastify/static',
  '@fastify/view',
];

const isExternal = (id) =>
  external.some((entry) => (typeof entry === 'string' ? id === entry || id.startsWith(`${entry}/`) : entry.test(id)));
/** Also the compiler's own helpers, which are no package on the disk. */
const isOurs = (id) => /^[./]/.test(id) || id.startsWith('@web-single/') || id.startsWith('@oxc-project/runtime');

/** Lowest first: what a group captures it captures with all it imports, so that a lib comes before those which build on it. */
const LIBS = ['tensor', 'signature', 'preprocessing', 'model-package', 'model-runtime', 'serving', 'contract'];

/**
 * A folder a lib and one for all that is not ours, split by who needs what; none named after its content, nor its exports after their
 * number: a patch of one lib changes that lib's folder only, and so one small layer of the image.
 */
const layeredChunks = {
  chunkFileNames: ({ name }) => `${chunkPath(name)}.js`,
  minifyInternalExports: false,
  codeSplitting: {
    groups: [
      { test: /[\\/]node_modules[\\/]/, name: 'vendor', entriesAware: true, priority: LIBS.length },
      ...LIBS.map((lib, index) => ({
        test: new RegExp(`[\\\\/]libs[\\\\/]${lib}[\\\\/]`),
        name: `libs/${lib}`,
        entriesAware: true,
        priority: LIBS.length - 1 - index,
      })),
    ],
  },
};

/** `libs/tensor~serve~inspect` is `libs/tensor/serve~inspect`. */
function chunkPath(name) {
  if (name === 'rolldown-runtime') return `vendor/${name}`;
  return /^(vendor|libs\/[^~]+)/.test(name) ? name.replace('~', '/') : `app/${name}`;
}

/**
 * Packages of others without their comments and spaces: V8 keeps the text of all that is loaded, in two bytes a character where a
 * comment has one beyond Latin-1. Names stay; what is ours stays readable, and has source maps.
 */
const compactVendor = {
  name: 'compact-vendor',
  async generateBundle(_options, bundle) {
    const compact = { compress: false, mangle: false, codegen: { removeWhitespace: true } };
    for (const chunk of Object.values(bundle)) {
      if (chunk.type !== 'chunk' || !chunk.fileName.startsWith('vendor/')) continue;
      const { code, errors } = await minify(chunk.fileName, chunk.code, compact);
      if (errors.length > 0) throw new Error(`${chunk.fileName} cannot be compacted: ${errors[0].message}`);
      chunk.code = code;
      delete bundle[`${chunk.fileName}.map`];
    }
  },
};

/**
 * Imports of `node:http` become what `require` gives. As a module its every export is read at once, also those that are made when
 * they are first read: a WebSocket and its like, with all of undici, 14 MB and 80 ms of each start.
 */
const lazyHttp = {
  name: 'lazy-http',
  resolveId: (source, _importer, { kind }) =>
    /^(node:)?http$/.test(source) && kind === 'import-statement' ? '\0lazy-http' : null,
  load(id) {
    if (id !== '\0lazy-http') return null;
    const isMade = ([, { get }]) => get === undefined;
    const names = Object.entries(Object.getOwnPropertyDescriptors(http))
      .filter(isMade)
      .map(([name]) => name);
    return `const http = process.getBuiltinModule('node:http');\nexport default http;\nexport const { ${names.join(', ')} } = http;\n`;
  },
};

export const bundleOptions = {
  cwd: root,
  input: {
    cli: join(predictorFolder, 'src/cli/start.ts'),
    'engine-process': join(predictorFolder, 'src/engine-process.ts'),
  },
  platform: 'node',
  tsconfig: join(predictorFolder, 'tsconfig.json'),
  external: isExternal,
  transform: { target: 'node24' },
  resolve: { conditionNames: ['@web-single/source', 'import', 'node', 'default'] },
  logLevel: 'warn',
  plugins: [lazyHttp, compactVendor],
  output: {
    dir: join(predictorFolder, 'dist'),
    format: 'esm',
    sourcemap: true,
    keepNames: true,
    ...layeredChunks,
  },
};

/** For development: other packages stay outside, so that a rebuild takes a tenth of a second. */
export const developmentFolder = join(predictorFolder, 'tmp/serve');
export const developmentOptions = {
  ...bundleOptions,
  external: (id) => !isOurs(id) || isExternal(id),
  // A server of the last build may still load a part of it: its files are left alone.
  output: {
    dir: developmentFolder,
    format: 'esm',
    sourcemap: true,
    keepNames: true,
    chunkFileNames: 'chunks/[name]-[hash].js',
  },
};

/** The docs page's own files, so that `/docs` works with no internet. */
export function copyDocsPage(distFolder) {
  const swagger = dirname(createRequire(join(predictorFolder, 'package.json')).resolve('swagger-ui-dist/package.json'));
  const target = join(distFolder, 'docs');
  mkdirSync(target, { recursive: true });
  for (const file of ['swagger-ui.css', 'swagger-ui-bundle.js', 'LICENSE', 'NOTICE'])
    cpSync(join(swagger, file), join(target, file));
}

/**
 * Beside the bundled packages, which of them are in it or in the page, and their licences: a bill of materials can be written from
 * an image alone.
 */
function listPackages(output, distFolder) {
  const modules = output.flatMap(({ moduleIds = [] }) => moduleIds).filter((id) => id.includes('node_modules'));
  const folders = new Set(modules.map((id) => /^.*node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/.exec(id)[0]));
  const swagger = join(root, 'node_modules/swagger-ui-dist');
  const packages = [...folders, swagger].map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    return { name, version, license, text: licenceText(folder) };
  });
  packages.sort((left, right) => (`${left.name}@${left.version}` < `${right.name}@${right.version}` ? -1 : 1));
  const listed = packages.map(({ name, version, license }) => ({ name, version, license }));
  writeFileSync(join(distFolder, 'vendor/packages.json'), `${JSON.stringify(listed, null, 1)}\n`);
  const texts = packages.map(({ name, version, license, text }) => `${name} ${version} (${license})\n\n${text}\n`);
  writeFileSync(join(distFolder, 'vendor/LICENSES.txt'), texts.join(`\n${'-'.repeat(80)}\n\n`));
}

/** Licence and notice files as the package brings them: their comments are not in the bundle. */
function licenceText(folder) {
  const files = readdirSync(folder).filter((file) => /^(licen[cs]e|notice|copying)/i.test(file));
  const texts = files.sort().map((file) => readFileSync(join(folder, file), 'utf8').trim());
  return texts.length > 0 ? texts.join('\n\n') : 'The package brings no text of its licence.';
}

/** The client's own files, compiled: `predictor sdk` writes them beside the types it generates. */
export function copySdk(distFolder) {
  const compiler = join(root, 'node_modules/typescript/bin/tsc');
  const result = spawnSync(process.execPath, [compiler, '-b', join(root, 'libs/sdk/tsconfig.grpc.json')], {
    stdio: 'inherit',
  });
  if (result.status !== 0) process.exit(result.status ?? 1);
  const compiled = join(root, 'libs/sdk/dist');
  // Its gRPC side needs a package: a client that is written needs none.
  const isClientFile = (path) =>
    !/\.(map|tsbuildinfo)$/.test(path) && relative(compiled, path).split(sep)[0] !== 'grpc';
  cpSync(compiled, join(distFolder, 'sdk'), { recursive: true, filter: isClientFile });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const distFolder = bundleOptions.output.dir;
  rmSync(distFolder, { recursive: true, force: true });
  const { output } = await build(bundleOptions);
  copyDocsPage(distFolder);
  const page = await buildPlayground(join(distFolder, 'playground'));
  listPackages([...output, ...page], distFolder);
  copySdk(distFolder);
}
