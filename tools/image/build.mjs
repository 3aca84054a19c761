/** `npx nx run predictor:image`: builds the image with docker, podman or buildah, whichever works; `--help` lists the options. */
import { spawnSync } from 'node:child_process';
import { join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from '../workspace/setup.mjs';
import { buildCommand, findEngine } from './engines.mjs';
import { imageLabels } from './image-labels.mjs';

const HELP = `npx nx run predictor:image [-- options]

  --tag NAME            default web-single:latest
  --platform OS/ARCH    linux/amd64 or linux/arm64; default: this machine's
  --engine NAME         docker, podman or buildah; default: the first that works
  --models FOLDER       packages to bake in; default: models
  --node-image IMAGE    base of the build, with Node 24 and npm 11
  --runtime-image IMAGE base of the image, with Node 24; no shell is needed
  --engine-arg ARG      handed to the engine as it is; may be repeated
  --dry-run             prints the command and builds nothing
`;

const { values } = parseArgs({
  options: {
    tag: { type: 'string', default: 'web-single:latest' },
    platform: { type: 'string', default: `linux/${process.arch === 'x64' ? 'amd64' : process.arch}` },
    engine: { type: 'string', default: 'auto' },
    models: { type: 'string' },
    'node-image': { type: 'string' },
    'runtime-image': { type: 'string' },
    'engine-arg': { type: 'string', multiple: true, default: [] },
    'dry-run': { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) {
  process.stdout.write(HELP);
  process.exit(0);
}
if (!/^linux\/(amd64|arm64)$/.test(values.platform))
  fail(`--platform: expected linux/amd64 or linux/arm64, got "${values.platform}".`);

const { engine, passedOver } = findEngine(values.engine);
for (const reason of passedOver) console.error(`Passed over ${reason}`);
if (engine === undefined) fail('No engine that can build an image: install docker with buildx, podman or buildah.');

const modelsFolder = resolve(root, values.models ?? 'models');
const given = { NODE_IMAGE: values['node-image'], RUNTIME_IMAGE: values['runtime-image'] };
const command = buildCommand(engine, {
  tag: values.tag,
  platform: values.platform,
  file: join(root, 'deploy/docker/Dockerfile'),
  buildArgs: Object.fromEntries(Object.entries(given).filter(([, image]) => image !== undefined)),
  labels: await imageLabels({ root, modelsFolder }).catch((error) =>
    fail(`The models cannot be baked in:\n${error.message}`),
  ),
  modelsFolder: relative(root, modelsFolder) === 'models' ? undefined : modelsFolder,
  engineArgs: values['engine-arg'],
  context: root,
});
console.error(`Building ${values.tag} for ${values.platform} with ${engine}`);
if (values['dry-run'])
  console.log(command.map((part) => (/^[\w./:=@,-]+$/.test(part) ? part : JSON.stringify(part))).join(' '));
else process.exit(spawnSync(command[0], command.slice(1), { stdio: 'inherit' }).status ?? 1);

function fail(message) {
  console.error(message);
  process.exit(2);
}
