/** Bundles apps/predictor into dist: `cli.js` (command line and server) and `engine-process.js` (an engine's child process). */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'rolldown';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
export const predictorFolder = join(root, 'apps/predictor');

/** Left out of the bundle: native packages, Nest's optional peers that are not installed, and what grpc-js never loads for us. */
const external = [
  '@grpc/proto-loader',
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

export const bundleOptions = {
  cwd: root,
  input: {
    cli: join(predictorFolder, 'src/cli/cli.ts'),
    'engine-process': join(predictorFolder, 'src/engine-process.ts'),
  },
  platform: 'node',
  tsconfig: join(predictorFolder, 'tsconfig.json'),
  external: isExternal,
  transform: { target: 'node24' },
  resolve: { conditionNames: ['@web-single/source', 'import', 'node', 'default'] },
  logLevel: 'warn',
  output: {
    dir: join(predictorFolder, 'dist'),
    format: 'esm',
    sourcemap: true,
    keepNames: true,
    chunkFileNames: 'chunks/[name]-[hash].js',
  },
};

/** For development: other packages stay outside, so that a rebuild takes a tenth of a second. */
export const developmentFolder = join(predictorFolder, 'tmp/serve');
export const developmentOptions = {
  ...bundleOptions,
  external: (id) => !isOurs(id) || isExternal(id),
  output: { ...bundleOptions.output, dir: developmentFolder },
};

/** The docs page's own files, so that `/docs` works with no internet. */
export function copyDocsPage(distFolder) {
  const swagger = dirname(createRequire(join(predictorFolder, 'package.json')).resolve('swagger-ui-dist/package.json'));
  const target = join(distFolder, 'docs');
  mkdirSync(target, { recursive: true });
  for (const file of ['swagger-ui.css', 'swagger-ui-bundle.js', 'LICENSE', 'NOTICE'])
    cpSync(join(swagger, file), join(target, file));
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
  await build(bundleOptions);
  copyDocsPage(distFolder);
  copySdk(distFolder);
}
