/** Bundles apps/predictor into dist: `cli.js` (command line and server) and `engine-process.js` (an engine's child process). */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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
  // Loaded by `inject` alone, which is for tests.
  'light-my-request',
  // Never loaded: apps/predictor/src/rest/no-schemas.ts.
  '@fastify/ajv-compiler',
  '@fastify/fast-json-stringify-compiler',
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

/** Begins to serve when it is loaded: it goes with nothing that others load. */
const isEngineEntry = (id) => id.endsWith(join(sep, 'engine-process.ts'));

/** What is small goes with what is needed most alike: to load a file takes longer than some kilobytes that nobody calls. */
const byEntries = { entriesAware: true, entriesAwareMergeThreshold: 30_000 };

/**
 * A folder a lib and one for all that is not ours, split by who needs what; none named after its content, nor its exports after their
 * number: a patch of one lib changes that lib's folder only, and so one small layer of the image.
 */
const layeredChunks = {
  chunkFileNames: ({ name }) => `${chunkPath(name)}.js`,
  minifyInternalExports: false,
  codeSplitting: {
    groups: [
      { ...byEntries, test: /[\\/]node_modules[\\/]/, name: 'vendor', priority: LIBS.length },
      ...LIBS.map((lib, index) => ({
        ...byEntries,
        test: (id) => id.includes(join(sep, 'libs', lib, sep)) && !isEngineEntry(id),
        name: `libs/${lib}`,
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
    const compact = { compress: false, mangle: { keepNames: true }, codegen: { removeWhitespace: true } };
    for (const chunk of Object.values(bundle)) {
      if (chunk.type !== 'chunk' || !chunk.fileName.startsWith('vendor/')) continue;
      const { code, errors } = await minify(chunk.fileName, chunk.code, compact);
      if (errors.length > 0) throw new Error(`${chunk.fileName} cannot be compacted: ${errors[0].message}`);
      chunk.code = code;
      delete bundle[`${chunk.fileName}.map`];
    }
  },
};

/** V8 keeps the text of all that is loaded: in one byte a character only where none is beyond Latin-1. */
const oneByteText = {
  name: 'one-byte-text',
  generateBundle(_options, bundle) {
    for (const chunk of Object.values(bundle)) {
      if (chunk.type !== 'chunk') continue;
      // Escapes would mean something else there.
      if (/\\[^\0-\xff]|String\.raw`[^`]*[^\0-\xff]/.test(chunk.code))
        throw new Error(`${chunk.fileName} has a character beyond Latin-1 that cannot be escaped.`);
      chunk.code = chunk.code.replace(
        /[^\0-\xff]/g,
        (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
      );
    }
  },
};

/** Loaded by every server; what of them is made when it is first read stays unread. */
const MADE_WITHOUT = ['http', 'crypto'];
/** Loaded when a function of theirs is first called, which for most servers is never. */
const LOADED_LATE = ['https', 'http2', 'tls', 'cluster', 'dns', 'dns/promises', 'inspector', 'repl'];

/**
 * Modules of Node become what `process.getBuiltinModule` gives. Imported as modules their every export is read at once, also those
 * that are made when they are first read: of `node:http` a WebSocket and its like, with all of undici, 14 MB and 80 ms of each
 * start. And packages import at their top what only some of their users call.
 */
const lazyBuiltins = {
  name: 'lazy-builtins',
  resolveId(source, _importer, { kind }) {
    const name = source.replace(/^node:/, '');
    const isLazy = LOADED_LATE.includes(name) || (MADE_WITHOUT.includes(name) && kind === 'import-statement');
    return isLazy ? `\0node-${name}` : null;
  },
  load(id) {
    if (!id.startsWith('\0node-')) return null;
    const name = id.slice('\0node-'.length);
    return MADE_WITHOUT.includes(name) ? withoutMade(name) : loadedLate(name);
  },
};

function withoutMade(name) {
  const isMade = ([, { get }]) => get === undefined;
  const names = Object.entries(Object.getOwnPropertyDescriptors(process.getBuiltinModule(`node:${name}`)))
    .filter(isMade)
    .map(([key]) => key);
  return `const builtin = process.getBuiltinModule('node:${name}');\nexport default builtin;\nexport const { ${names.join(', ')} } = builtin;\n`;
}

/** CommonJS, so that imports by name are read where they are used. */
function loadedLate(name) {
  const names = Object.keys(process.getBuiltinModule(`node:${name}`));
  return `let builtin;
for (const name of ${JSON.stringify(names)})
  Object.defineProperty(exports, name, {
    enumerable: true,
    get: () => (builtin ??= process.getBuiltinModule('node:${name}'))[name],
  });
`;
}

/** ONNX Runtime's own JavaScript is 25 small files: they go into the bundle, which finds the library in the package. */
const onnxRuntime = {
  name: 'onnx-runtime',
  transform(code, id) {
    if (!id.endsWith(join(sep, 'onnxruntime-node', 'dist', 'binding.js'))) return null;
    const inBundle = code.replace('require(`../bin/', 'require(`onnxruntime-node/bin/');
    if (inBundle === code) throw new Error('onnxruntime-node loads its library from elsewhere: look at binding.js.');
    return { code: inBundle, map: null };
  },
};

/** The same in less: of modules of RxJS the bundle keeps what is called (it has a tenth of them), of what Node would load it cannot. */
const smaller = {
  'rxjs/operators': join(root, 'node_modules/rxjs/dist/esm/operators/index.js'),
  rxjs: join(root, 'node_modules/rxjs/dist/esm/index.js'),
  semver: join(root, 'tools/workspace/bundle/few-of-semver.mjs'),
  '@opentelemetry/api': join(root, 'tools/workspace/bundle/no-telemetry-api.mjs'),
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
  resolve: { conditionNames: ['@web-single/source', 'import', 'node', 'default'], alias: smaller },
  logLevel: 'warn',
  plugins: [lazyBuiltins, onnxRuntime, compactVendor, oneByteText],
  output: {
    dir: join(predictorFolder, 'dist'),
    format: 'esm',
    sourcemap: true,
    keepNames: true,
    // V8 keeps the text of all that is loaded, and a patch of the app ships all of its folder; the source has them.
    comments: { jsdoc: false },
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
