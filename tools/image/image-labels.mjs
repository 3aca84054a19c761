import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openModels } from '@web-single/model-package';
import { componentVersions } from '../../apps/predictor/src/config/component-versions.ts';

/** Packages whose version an operator asks for; their names in the labels. */
const RUNTIME_PACKAGES = ['onnxruntime-node', 'sharp', 'fastify', '@nestjs/core', '@grpc/grpc-js'];

/**
 * The OCI labels: what the image is, the version of every component, and version and digest of every model in it. They follow
 * from the sources alone, so that the same sources give the same image. Throws `PackageError` for a model that cannot be served.
 */
export async function imageLabels({ root, modelsFolder, revision = gitRevision(root) }) {
  const version = componentVersions.predictor;
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  const models = await openModels([modelsFolder], { componentVersions });
  return {
    'org.opencontainers.image.title': 'web-single',
    'org.opencontainers.image.description':
      'Typed REST and gRPC for ONNX models: interface, preprocessing and model in one container.',
    'org.opencontainers.image.version': version,
    'org.opencontainers.image.licenses': 'Apache-2.0',
    ...(revision === undefined ? {} : { 'org.opencontainers.image.revision': revision }),
    ...prefixed('web-single.component.', componentVersions),
    ...prefixed(
      'web-single.runtime.',
      Object.fromEntries(
        RUNTIME_PACKAGES.map((name) => [labelName(name), lock.packages[`node_modules/${name}`].version]),
      ),
    ),
    ...prefixed(
      'web-single.model.',
      Object.fromEntries(models.map((model) => [`${model.name}.${model.version}`, model.digest])),
    ),
  };
}

/** The commit, marked where files differ from it; `undefined` outside a checkout. */
function gitRevision(root) {
  const git = (...args) => spawnSync('git', ['-C', root, ...args], { encoding: 'utf8' });
  const head = git('rev-parse', 'HEAD');
  if (head.status !== 0) return undefined;
  return git('status', '--porcelain').stdout === '' ? head.stdout.trim() : `${head.stdout.trim()}-modified`;
}

function prefixed(prefix, values) {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [`${prefix}${name}`, value]));
}

/** `@nestjs/core` is `nestjs-core`: labels are lower-case words with dots and dashes. */
function labelName(packageName) {
  return packageName.replace('@', '').replace('/', '-');
}
