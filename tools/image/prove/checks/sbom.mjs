import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeEnvironment } from '../../../outside/python-environment.mjs';
import { outcomeOf, run } from '../commands.mjs';
import { pinnedNode } from '../pinned-node.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const VALIDATOR = 'cyclonedx-python-lib[json-validation]==11.12.0';

const EXPECTED = [
  'node',
  'libc6',
  'onnxruntime-node',
  'sharp',
  '@img/sharp-libvips-linux-x64',
  'fastify',
  '@nestjs/core',
  '@grpc/grpc-js',
  'zod',
  'swagger-ui-dist',
  'preact',
  '@web-single/serving',
  'penguins',
  'digits',
];

/** The bill of materials names everything that ships, and a validator that is not ours takes it. */
export async function checkSbom({ image, root, sandbox, check }) {
  const file = sandbox.path('sbom.cdx.json');
  await run(process.execPath, [
    join(root, 'tools/image/sbom.mjs'),
    '--engine',
    'podman',
    '--image',
    image,
    '--out',
    file,
  ]);
  const { components } = JSON.parse(readFileSync(file, 'utf8'));
  const names = new Map(components.map(({ name, version }) => [name, version]));
  const missing = EXPECTED.filter((name) => !names.has(name));
  check(
    'the bill of materials names what ships',
    missing.length === 0 && names.get('node') === pinnedNode(root).version,
    `${components.length} components; missing: ${missing.join(' ') || 'none'}`,
  );
  const foreign = [...names.keys()].filter((name) => /win32|darwin|musl|vitest|eslint|^nx$/.test(name));
  check('and nothing that does not', foreign.length === 0, foreign.join(' '));
  await checkSchema(file, sandbox, check);
}

async function checkSchema(file, sandbox, check) {
  const environment = sandbox.path('cyclonedx');
  makeEnvironment(environment, [VALIDATOR]);
  const { code, output } = await outcomeOf(join(environment, 'bin/python'), [join(here, 'validate_sbom.py'), file]);
  check('it is valid CycloneDX 1.6, by the strict schema', code === 0, output.stdout.trim());
}
